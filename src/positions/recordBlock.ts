import type { Hash } from 'viem'
import { block } from '../../ponder.schema'
import type { Stamp, Store } from '../runtime/facts'

/** Writes the block's row unless it is there. */
export async function recordBlock(store: Store, stamp: Stamp, hash: Hash): Promise<void> {
  const { chainId, blockNumber, blockTimestamp } = stamp
  const row = { chainId, number: blockNumber, hash, timestamp: blockTimestamp }
  await store.insert(block).values(row).onConflictDoNothing()
}

/**
 * Records blocks at their first event only. Events are told by their place in the block, not by memory alone: after a rollback or a reorg indexing goes on at or
 * before the event that recorded the block, and such an event records it again.
 * @returns what to call for each event, in their order.
 */
export function recordingOnce(): (store: Store, stamp: Stamp, hash: Hash, logIndex: number) => Promise<void> {
  let recorded = { hash: '', logIndex: 0 }
  return async (store, stamp, hash, logIndex) => {
    if (recorded.hash === hash && logIndex > recorded.logIndex) return
    await recordBlock(store, stamp, hash)
    recorded = { hash, logIndex }
  }
}
