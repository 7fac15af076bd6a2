import type { Address } from 'viem'
import { chainlinkAggregatorAbi as abi } from '../../abis/chainlink/aggregator'
import type { Auditor, Expectation } from '../types'

const protocol = 'chainlink'
/** What was read but counts no rounds has no time of its own. */
const noRounds = '-1'
const addressLength = 42

/** Every price source by its last answer, when that was given, and its decimals; one that fell silent has nothing to compare. */
export const auditChainlink: Auditor = ({ facts }) => {
  const feeds = new Map(facts.feeds.map((row) => [row.feed, row]))
  return facts.prices.flatMap(({ feed, answer, round, updatedAt, status }): Expectation[] => {
    const source = feeds.get(feed)
    // Oracles of single markets stand under a longer key, and answer to another view.
    if (source === undefined || feed.length !== addressLength || !['ok', 'polled', 'rounds only'].includes(status))
      return []
    const of = (figure: string, functionName: string, expected: unknown): Expectation => ({
      ...{ protocol, subject: feed, figure, expected },
      view: { address: feed as Address, abi, functionName },
    })
    const inRound = (figure: string, index: number, expected: unknown): Expectation => ({
      ...of(figure, 'latestRoundData', expected),
      pick: (answers: readonly bigint[]) => answers[index],
    })
    return [
      status === 'rounds only' ? inRound('answer', 1, answer) : of('answer', 'latestAnswer', answer),
      ...(round === noRounds ? [] : [inRound('time of the answer', 3, updatedAt)]),
      ...(source.decimals === 0 ? [] : [of('decimals', 'decimals', source.decimals)]),
    ]
  })
}
