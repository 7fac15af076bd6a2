/** Prices: answers of aggregators by their events, everything else by reading. */
import type { Address } from 'viem'
import { chainlinkAggregatorAbi as abi } from '../../../abis/chainlink/aggregator'
import { feed as feedTable, price } from '../../../ponder.schema'
import { polledFeeds, pollFeed } from '../../positions/pollFeed'
import { changeFeed, changePrice } from '../../positions/write'
import { askMany } from '../../runtime/askMany'
import type { Facts } from '../../runtime/facts'
import { indexer } from '../../runtime/indexer'
import { onBlock } from '../../runtime/onBlock'
import { onEvent } from '../../runtime/onEvent'
import { onSetup } from '../../runtime/onSetup'
import type { Read } from '../../runtime/read'
import { aggregatorRound, readFeedDescription } from './readFeed'
import { verdictOn } from './transitions'
import type { Phase, ResolvedFeed } from './types'

const { multicall3, head } = indexer.resolved
const { feeds } = indexer.resolved.chainlink
const byAggregator = new Map<Address, ResolvedFeed[]>()
for (const feed of feeds) {
  for (const aggregator of new Set(feed.phases.map((phase) => phase.aggregator))) {
    byAggregator.set(aggregator, [...(byAggregator.get(aggregator) ?? []), feed])
  }
}

const proxies = feeds.filter(({ phases }) => phases.length > 0)
const undescribed = { base: '', quote: '', decimals: 0 }

/** The round of a source that answers but counts no rounds; `updated_at` is then when its answer was first seen. */
const NO_ROUNDS = -1n

/** What does not say its rounds is asked for them again only in every so many blocks: each refusal costs a call of its own. */
const RETRY_EVERY = 20n

/** Status of a source that was read and answers no more; it is asked again as seldom. */
const SILENT = 'silent'

/** Status of a source that tells rounds and has no `latestAnswer()`, which it is asked for as seldom: so are the feeds Compound writes itself. */
const ROUNDS_ONLY = 'rounds only'
const POLLED = 'polled'

type RoundData = readonly [bigint, bigint, bigint, bigint, bigint]
type PriceValues = { round: bigint; answer: bigint; updatedAt: bigint; status: string }

async function setPrice(facts: Facts, feed: Address, values: PriceValues): Promise<void> {
  await changePrice(facts, { feed }, values, () => values)
}

/** Writes the answer a phase opened with, at the block it opened in. */
async function writeOpening(facts: Facts, feed: Address, { fromBlock, opening }: Phase): Promise<void> {
  if (opening === null) return
  const stamp = { ...facts.stamp, blockNumber: BigInt(fromBlock), blockTimestamp: BigInt(opening.blockTimestamp) }
  const { round, answer, updatedAt } = opening
  const values = { round: BigInt(round), answer: BigInt(answer), updatedAt: BigInt(updatedAt), status: 'ok' }
  await setPrice({ ...facts, stamp }, feed, values)
}

async function writeFeed(facts: Facts, resolved: ResolvedFeed): Promise<void> {
  const { feed, base, quote, decimals, heartbeat, phases } = resolved
  const aggregator = phases.at(-1)?.aggregator ?? null
  const values = { base, quote, decimals, heartbeat: BigInt(heartbeat), aggregator }
  await changeFeed(facts, { feed }, values, () => values)
  for (const phase of phases) await writeOpening(facts, feed, phase)
  if (aggregator === null) await pollFeed(facts, feed)
}

/** Proxies whose aggregator was replaced since the chain was first indexed: from now on their answers are read. */
async function noticeReplacements(facts: Facts): Promise<void> {
  const reads = proxies.map(({ feed }): Read => ({ address: feed, abi, functionName: 'aggregator' }))
  const answers = await askMany(facts.views, multicall3, reads)
  const polled = await polledFeeds(facts)
  for (const [index, { feed, phases }] of proxies.entries()) {
    const answer = answers[index] as Address | null
    const expected = phases.at(-1)?.aggregator
    if (answer !== null && answer.toLowerCase() !== expected && !polled.includes(feed)) await pollFeed(facts, feed)
  }
}

async function readPolled(facts: Facts, polled: readonly Address[]): Promise<void> {
  const standing = await Promise.all(polled.map((feed) => standingPrice(facts, feed)))
  const isRetry = facts.stamp.blockNumber % RETRY_EVERY === 0n
  const isAsked = (index: number) => isRetry || standing[index]?.status !== SILENT
  const reads = polled.flatMap((address, index): Read[] => {
    const before = standing[index] ?? null
    if (!isAsked(index)) return []
    const read = { address, abi, isDoubtful: before === null || before.status === SILENT }
    const isRoundsOnly = before?.status === ROUNDS_ONLY
    return [
      ...(isRoundsOnly && !isRetry
        ? []
        : [{ ...read, functionName: 'latestAnswer', isDoubtful: read.isDoubtful || isRoundsOnly }]),
      ...(before?.round === NO_ROUNDS && !isRetry ? [] : [{ ...read, functionName: 'latestRoundData' }]),
    ]
  })
  const answers = await askMany(facts.views, multicall3, reads)
  const answerTo = new Map(
    reads.map(({ address, functionName }, index) => [`${address} ${functionName}`, answers[index]]),
  )
  for (const [index, feed] of polled.entries()) {
    const answer = (answerTo.get(`${feed} latestAnswer`) ?? null) as bigint | null
    const round = (answerTo.get(`${feed} latestRoundData`) ?? null) as RoundData | null
    if (!isAsked(index)) continue
    await describe(facts, feed)
    await setPolledPrice(facts, feed, standing[index]!, round, answer)
  }
}

const valuesOf = ({ round, answer, updatedAt, status }: PriceValues): PriceValues => ({
  round,
  answer,
  updatedAt,
  status,
})

async function standingPrice({ store, stamp }: Facts, feed: Address): Promise<PriceValues | null> {
  return (await store.find(price, { chainId: stamp.chainId, feed })) as PriceValues | null
}

/** A source found after the chain was first indexed has no row until it is first read. */
async function describe(facts: Facts, feed: Address): Promise<void> {
  const known = await facts.store.find(feedTable, { chainId: facts.stamp.chainId, feed })
  if (known?.aggregator === null) return
  const description = known === null ? await readFeedDescription(facts.views, feed) : undescribed
  await changeFeed(facts, { feed }, { ...description, heartbeat: 0n, aggregator: null }, () => ({ aggregator: null }))
}

async function setPolledPrice(
  facts: Facts,
  feed: Address,
  before: PriceValues | null,
  round: RoundData | null,
  latestAnswer: bigint | null,
): Promise<void> {
  const answer = latestAnswer ?? round?.[1] ?? null
  if (answer === null) {
    // A source that stops answering keeps its last price, whose age then tells.
    if (before !== null && before.status !== SILENT)
      await setPrice(facts, feed, { ...valuesOf(before), status: SILENT })
    return
  }
  const updatedAt = round?.[3] ?? facts.stamp.blockTimestamp
  const number = round === null ? NO_ROUNDS : aggregatorRound(round[0])
  const status = latestAnswer === null ? ROUNDS_ONLY : POLLED
  const same =
    before?.answer === answer && before.status === status && (round === null || before.updatedAt === updatedAt)
  if (!same) await setPrice(facts, feed, { round: number, answer, updatedAt, status })
}

export const chainlinkHandlers = [
  onSetup('ChainlinkAggregator', async (facts) => {
    for (const feed of feeds) await writeFeed(facts, feed)
  }),
  onEvent('ChainlinkAggregator', abi, 'AnswerUpdated', async (facts, { args, address, block }) => {
    const values = { round: args.roundId, answer: args.current, updatedAt: args.updatedAt, status: 'ok' }
    for (const { feed, phases } of byAggregator.get(address) ?? []) {
      if (verdictOn(phases, address, Number(block.number)) !== 'counts') continue
      const row = await facts.store.find(feedTable, { chainId: facts.stamp.chainId, feed })
      if (row?.aggregator !== null) await setPrice(facts, feed, values)
    }
  }),
  onBlock('FeedWatch', async (facts) => {
    if (facts.stamp.blockNumber > BigInt(head.number)) await noticeReplacements(facts)
    await readPolled(facts, await polledFeeds(facts))
  }),
]
