import { chainlinkAggregatorAbi } from '../../../abis/chainlink/aggregator'
import type { Sources } from '../protocol'
import type { ResolvedChainlink } from './types'

/** Every aggregator any proxy has used; and, always, the watch for what emits no event. */
export function chainlinkSources({ feeds, pollFrom }: ResolvedChainlink): Sources {
  const watch = { FeedWatch: { interval: 1, startBlock: pollFrom } }
  const aggregators = [...new Set(feeds.flatMap(({ phases }) => phases.map(({ aggregator }) => aggregator)))].sort()
  if (feeds.length === 0) return { blocks: watch }
  const startBlock = Math.min(...feeds.map((feed) => feed.startBlock))
  // A proxy emits no answers itself; it stands in when none of them has an aggregator, so that the set-up still runs.
  const address = aggregators.length > 0 ? aggregators : feeds.map(({ feed }) => feed)
  return { contracts: { ChainlinkAggregator: { abi: chainlinkAggregatorAbi, address, startBlock } }, blocks: watch }
}
