import { type Hash, type Hex, keccak256, numberToHex } from 'viem'
import type { AskNode, FaultyAnswer, RpcCall, RpcFault } from './types'

interface Block {
  readonly number: Hex
  readonly hash: Hash
  readonly parentHash: Hash
  readonly [field: string]: unknown
}

interface Log {
  readonly blockNumber: Hex
}

const emptyBloom = `0x${'00'.repeat(256)}`
const emptyRoot = '0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421'
const unknownBlock: FaultyAnswer = { kind: 'error', code: -32_000, message: 'unknown block' }

/**
 * A node on a fork of its own: from its head at the first question on, its blocks have other hashes and nothing in them. What it says
 * hangs together, so that only another node can tell.
 */
export function otherHistory(): RpcFault {
  let fork: bigint | null = null
  const real = new Map<string, Hash>()
  const turn = (hash: Hash): Hash => {
    const other = keccak256(hash)
    real.set(other, hash)
    return other
  }

  const disguise = (block: Block, first: bigint): Block =>
    BigInt(block.number) < first
      ? block
      : {
          ...block,
          hash: turn(block.hash),
          parentHash: BigInt(block.number) === first ? block.parentHash : turn(block.parentHash),
          transactions: [],
          logsBloom: emptyBloom,
          transactionsRoot: emptyRoot,
          receiptsRoot: emptyRoot,
          gasUsed: '0x0',
        }

  const isOurs = (hash: unknown) => real.has(String(hash))
  const isTheirs = async (hash: unknown, first: bigint, ask: AskNode) => {
    const block = (await ask('eth_getBlockByHash', [hash, false])) as Block | null
    return block !== null && BigInt(block.number) >= first
  }

  const blockOf = async ({ method, params }: RpcCall, first: bigint, ask: AskNode): Promise<FaultyAnswer | null> => {
    if (method === 'eth_getBlockByHash' && !isOurs(params[0]))
      return (await isTheirs(params[0], first, ask)) ? { kind: 'result', result: null } : null
    const asked = method === 'eth_getBlockByHash' ? [real.get(String(params[0])), params[1]] : params
    const block = (await ask(method, asked)) as Block | null
    if (block === null || BigInt(block.number) < first) return null
    return { kind: 'result', result: disguise(block, first) }
  }

  const logsOf = async ({ method, params }: RpcCall, first: bigint, ask: AskNode): Promise<FaultyAnswer | null> => {
    const { blockHash } = params[0] as { blockHash?: Hash }
    if (blockHash !== undefined) {
      if (isOurs(blockHash)) return { kind: 'result', result: [] }
      return (await isTheirs(blockHash, first, ask)) ? unknownBlock : null
    }
    const logs = (await ask(method, params)) as readonly Log[]
    const kept = logs.filter(({ blockNumber }) => BigInt(blockNumber) < first)
    return kept.length === logs.length ? null : { kind: 'result', result: kept }
  }

  const stateOf = async ({ method, params }: RpcCall, first: bigint, ask: AskNode): Promise<FaultyAnswer | null> => {
    const [call, block = 'latest'] = params
    const before = numberToHex(first - 1n)
    const isLater =
      typeof block === 'object'
        ? isOurs((block as { blockHash?: Hash }).blockHash)
        : !String(block).startsWith('0x') || BigInt(block as Hex) >= first
    return isLater ? { kind: 'result', result: await ask(method, [call, before]) } : null
  }

  return async (call, ask) => {
    fork ??= BigInt((await ask('eth_blockNumber', [])) as Hex)
    switch (call.method) {
      case 'eth_getBlockByNumber':
      case 'eth_getBlockByHash':
        return blockOf(call, fork, ask)
      case 'eth_getLogs':
        return logsOf(call, fork, ask)
      case 'eth_call':
      case 'eth_getCode':
        return stateOf(call, fork, ask)
      default:
        return null
    }
  }
}
