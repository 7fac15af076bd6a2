import type { FeedReference } from '../../facts'

/** The feeds whose product is the price of an asset in USD. */
export type FeedPath = readonly FeedReference[]

/** How many feeds one price may be composed of. */
const longest = 3

/**
 * The ways to a USD price of an asset: one for each feed of it on a chain of the cut. A feed in another asset is continued by that
 * asset's feed on the same chain, else by the first on another one. A way that leads nowhere is left out.
 */
export function feedPaths(
  asset: string,
  feeds: readonly FeedReference[],
  chains: ReadonlySet<string>,
  depth = 1,
): readonly FeedPath[] {
  const own = feeds.filter(({ base, chain }) => base === asset && chains.has(chain))
  return own.flatMap((feed): readonly FeedPath[] => {
    if (feed.quote === 'USD') return [[feed]]
    if (depth === longest) return []
    const quotes = feedPaths(feed.quote, feeds, chains, depth + 1)
    const rest = quotes.find(([next]) => next!.chain === feed.chain) ?? quotes[0]
    return rest === undefined ? [] : [[feed, ...rest]]
  })
}
