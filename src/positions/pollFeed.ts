import type { Address } from 'viem'
import { feed, feedWatch } from '../../ponder.schema'
import type { Facts } from '../runtime/facts'

/** The price sources to be read by block interval. */
export async function polledFeeds({ store, stamp }: Facts): Promise<readonly Address[]> {
  const row = await store.find(feedWatch, { chainId: stamp.chainId })
  return (row?.polled as readonly Address[] | undefined) ?? []
}

/** From now on this price source is read by block interval. */
export async function pollFeed(facts: Facts, source: Address): Promise<void> {
  const { store, stamp } = facts
  const row = await store.find(feedWatch, { chainId: stamp.chainId })
  if (row === null) {
    await store.insert(feedWatch).values({ chainId: stamp.chainId, polled: [source] })
    return
  }
  const polled = row.polled as readonly Address[]
  if (!polled.includes(source)) {
    await store.update(feedWatch, { chainId: stamp.chainId }).set({ polled: [...polled, source] })
  }
}

/** A protocol has begun to use this price source: polls it unless its events are indexed already. */
export async function requireFeed(facts: Facts, source: Address): Promise<void> {
  const known = await facts.store.find(feed, { chainId: facts.stamp.chainId, feed: source })
  if (known === null) await pollFeed(facts, source)
}
