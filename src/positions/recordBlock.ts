import { block } from '../../ponder.schema'
import type { Stamp, Store } from '../runtime/facts'

/** Writes the block's row unless an earlier event of the block has. */
export async function recordBlock(store: Store, stamp: Stamp, hash: `0x${string}`): Promise<void> {
  const { chainId, blockNumber, blockTimestamp } = stamp
  const row = { chainId, number: blockNumber, hash, timestamp: blockTimestamp }
  await store.insert(block).values(row).onConflictDoNothing()
}
