import type { Facts } from '../runtime/facts'
import { indexer } from '../runtime/indexer'
import { viewsAt } from '../runtime/viewsAt'

const { origin } = indexer.resolved

/**
 * Facts for what stood before an event that is the first to touch it: views of the block before, and the stamp of the last block before the index, because nothing has
 * happened to it since. Answers about any instant in between then find it.
 * @param startBlock where the index of the contract begins.
 */
export async function standingBefore({ store, stamp, views }: Facts, startBlock: number): Promise<Facts> {
  const { chainId, blockNumber } = stamp
  const before = startBlock - 1
  const blockTimestamp =
    before === origin.number
      ? BigInt(origin.timestamp)
      : (await views.getBlock({ blockNumber: BigInt(before) })).timestamp
  return {
    store,
    stamp: { chainId, blockNumber: BigInt(before), blockTimestamp },
    views: viewsAt(views, blockNumber - 1n),
  }
}
