import { type Hash, numberToHex } from 'viem'
import { describeRevert } from './describeRevert'
import { localClient } from './localClient'
import { rpc } from './rpc'
import { type AnvilOptions, startAnvil } from './startAnvil'
import type { Call, LocalChain, MinedBlock, MineOptions, Receipt } from './types'

/** Thrown when a mined transaction reverted or a queued one did not get into the block. */
export class TransactionFailedError extends Error {
  override readonly name = 'TransactionFailedError'
  constructor(
    readonly chain: string,
    readonly label: string,
    reason: string,
  ) {
    super(`${label} failed on chain ${chain}: ${reason}`)
  }
}

/** Below the limit of 2^24 per transaction, above what any deployment here needs. */
const gasPerTransaction = 15_000_000n
const secondsPerBlock = 12

/** Starts a chain whose blocks are made by `mine()` only, until somebody turns on another mode over RPC. */
export async function startLocalChain(options: AnvilOptions): Promise<LocalChain> {
  const anvil = await startAnvil(options)
  const client = localClient(options.name, options.chainId, anvil.rpcUrl)
  const labels = new Map<Hash, string>()
  let turn: Promise<unknown> = Promise.resolve()

  /** Anvil loses transactions that are sent at the same time, so everything that writes waits its turn. */
  function inTurn<T>(task: () => Promise<T>): Promise<T> {
    const result = turn.then(task)
    turn = result.catch(() => {})
    return result
  }

  async function send(call: Call): Promise<Hash> {
    const hash = await rpc<Hash>(client, 'eth_sendTransaction', [
      {
        from: call.from,
        to: call.to,
        data: call.data,
        value: numberToHex(call.value ?? 0n),
        gas: numberToHex(gasPerTransaction),
        gasPrice: '0x0',
      },
    ])
    labels.set(hash, call.label)
    return hash
  }

  async function mine({ timestamp, allowReverts = false }: MineOptions): Promise<MinedBlock> {
    const next = timestamp ?? (await newestTimestamp()) + secondsPerBlock
    await client.setNextBlockTimestamp({ timestamp: BigInt(next) })
    await client.mine({ blocks: 1 })
    const block = await client.getBlock()
    const receipts = block.transactions.length === 0 ? [] : await receiptsOf(block.number)
    const expected = [...labels]
    labels.clear()
    for (const [hash, label] of expected) {
      const receipt = receipts.find(({ transactionHash }) => transactionHash === hash)
      if (receipt === undefined) throw new TransactionFailedError(options.name, label, 'it was not mined')
      if (!receipt.succeeded && !allowReverts) {
        throw new TransactionFailedError(options.name, label, await describeRevert(client, hash))
      }
    }
    return { number: block.number, hash: block.hash, timestamp: Number(block.timestamp), receipts }
  }

  async function receiptsOf(blockNumber: bigint): Promise<Receipt[]> {
    const receipts = await rpc<RawReceipt[]>(client, 'eth_getBlockReceipts', [numberToHex(blockNumber)])
    return receipts.map((receipt) => ({
      transactionHash: receipt.transactionHash,
      succeeded: receipt.status === '0x1',
      gasUsed: BigInt(receipt.gasUsed),
      contractAddress: receipt.contractAddress,
      logs: receipt.logs,
    }))
  }

  async function newestTimestamp(): Promise<number> {
    return Number((await client.getBlock()).timestamp)
  }

  return {
    name: options.name,
    chainId: options.chainId,
    rpcUrl: anvil.rpcUrl,
    wsUrl: anvil.wsUrl,
    pid: anvil.pid,
    client,
    send: (call) => inTurn(() => send(call)),
    mine: (mineOptions = {}) => inTurn(() => mine(mineOptions)),
    timestamp: newestTimestamp,
    stop: anvil.stop,
  }
}

interface RawReceipt extends Pick<Receipt, 'transactionHash' | 'contractAddress' | 'logs'> {
  readonly status: string
  readonly gasUsed: string
}
