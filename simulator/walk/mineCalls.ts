import type { LocalChain } from '../../devnet/chain/types'
import { callOf, type TracedBlock } from '../trace'
import type { Operation, WalkedBlock } from '../types'

/** Mines one block of these calls and says which of them succeeded. Calls that revert stay in the block and do not count. */
export async function mineCalls(chain: LocalChain, { secondsAfterParent, calls }: TracedBlock): Promise<WalkedBlock> {
  const parentTimestamp = await chain.timestamp()
  const hashes = new Map<string, Operation>()
  for (const traced of calls) {
    const call = callOf(traced)
    hashes.set(await chain.send(call), { action: traced.action, call })
  }
  const block = await chain.mine({ timestamp: parentTimestamp + secondsAfterParent, allowReverts: true })
  const operations = block.receipts.flatMap(({ transactionHash, succeeded }) => {
    const operation = hashes.get(transactionHash)
    return succeeded && operation !== undefined ? [operation] : []
  })
  return { number: block.number, hash: block.hash, timestamp: block.timestamp, operations }
}
