import type { Address } from 'viem'
import { chainlinkAggregatorAbi } from '../../abis/chainlink/aggregator'
import type { Auditor, Expectation } from '../types'

/** Every source of prices by its last answer; one that fell silent has nothing to compare. */
export const auditChainlink: Auditor = ({ facts }) => {
  const sources = new Set(facts.feeds.map(({ feed }) => feed))
  return facts.prices
    .filter(({ feed, status }) => sources.has(feed) && (status === 'ok' || status === 'polled'))
    .map(
      ({ feed, answer }): Expectation => ({
        ...{ protocol: 'chainlink', subject: feed, figure: 'answer', expected: answer },
        view: { address: feed as Address, abi: chainlinkAggregatorAbi, functionName: 'latestAnswer' },
      }),
    )
}
