import type { Facts, FeedReference } from '../facts'
import type { ReasonCode } from '../protocols/reading'
import { add, type Decimal, multiply, parseDecimal } from './decimal'
import { type AnswerLimits, judgeAnswer } from './judgeAnswer'
import { marketFeeds } from './marketFeeds'
import { isQuarantined } from './quarantine'

/** What one source says an asset costs in USD, as it stands at the cut. */
export interface Quote {
  readonly asset: string
  readonly chain: string
  /** Where the price comes from: `chainlink:<proxy>`, or `<protocol>:<oracle>` when only the protocol has one. */
  readonly source: string
  /** `null` when there is none that could be believed. */
  readonly price: Decimal | null
  readonly updatedAt: number | null
  /** Seconds from the price to the cut. */
  readonly ageSeconds: number | null
  /** How far the market may have moved without any of its feeds saying so, a fraction; 0 as far as that is not known. */
  readonly deviation: Decimal
  /** Why the price may not be used for credit; `null` when it may. */
  readonly reasonCode: Extract<ReasonCode, 'PRICE_STALE' | 'PRICE_ABSURD' | 'PRICE_MISSING' | 'QUARANTINED'> | null
}

export const noDeviation: Decimal = { value: 0n, decimals: 0 }

/** How many feeds one price may be composed of. */
const maxComposition = 3

export interface FeedPrices {
  /** Market price of an asset for something on `chain`; `null` when no feed is configured for it. */
  priceOf(asset: string, chain: string): Quote | null
  /**
   * What the feed at this address says, in what it is quoted in; `null` when none is configured there on any chain of the cut, that of `chain`
   * first.
   */
  rateAt(proxy: string, chain: string): { readonly quotedIn: string; readonly rate: Quote } | null
  /** A price known only to a protocol's oracle. */
  oraclePrice(asset: string, chain: string, protocol: string, feed: string): Quote
}

/**
 * Prices from configured feeds. A chain's own feed is used for what is on that chain, whatever its state: a stale price there is a reason
 * to give no credit, not to look for a fresher one elsewhere. Only an asset without a feed on its chain takes another chain's.
 * @param time the cut, unix seconds.
 */
export function createFeedPrices(facts: Facts, time: number): FeedPrices {
  const market = marketFeeds(facts.reference)
  const readFeed = (feed: FeedReference): Quote => ({
    asset: feed.base,
    chain: feed.chain,
    source: `chainlink:${feed.feed}`,
    deviation: feed.deviation === undefined ? noDeviation : parseDecimal(feed.deviation),
    ...readAnswer(facts, feed, time),
  })
  const quoteOf = (feed: FeedReference, depth: number): Quote => {
    const own = readFeed(feed)
    if (own.price === null || feed.quote === 'USD') return own
    const quote = depth < maxComposition ? choose(feed.quote, feed.chain, depth + 1) : null
    if (quote === null || quote.price === null)
      return { ...own, price: null, reasonCode: quote?.reasonCode ?? 'PRICE_MISSING' }
    return {
      ...own,
      source: `${own.source}*${quote.source}`,
      price: multiply(own.price, quote.price),
      updatedAt: Math.min(own.updatedAt!, quote.updatedAt!),
      ageSeconds: Math.max(own.ageSeconds!, quote.ageSeconds!),
      deviation: add(own.deviation, quote.deviation),
      reasonCode: own.reasonCode ?? quote.reasonCode,
    }
  }
  const choose = (asset: string, chain: string, depth: number): Quote | null => {
    const feeds = market.filter(({ base, chain: home }) => base === asset && home in facts.chains)
    const own = feeds.find((feed) => feed.chain === chain)
    if (own !== undefined) return quoteOf(own, depth)
    const others = feeds.map((feed) => quoteOf(feed, depth))
    return others.find(({ reasonCode }) => reasonCode === null) ?? others[0] ?? null
  }
  return {
    priceOf: (asset, chain) => choose(asset, chain, 1),
    rateAt: (proxy, chain) => {
      const named = facts.reference.feeds.filter(({ feed, chain: home }) => feed === proxy && home in facts.chains)
      const found = named.find((feed) => feed.chain === chain) ?? named[0]
      return found === undefined ? null : { quotedIn: found.quote, rate: readFeed(found) }
    },
    oraclePrice: (asset, chain, protocol, feed) => ({
      asset,
      chain,
      source: `${protocol}:${feed}`,
      deviation: noDeviation,
      ...readAnswer(facts, { chain, feed, heartbeatSeconds: 0, band: null }, time),
    }),
  }
}

type Answer = Pick<Quote, 'price' | 'updatedAt' | 'ageSeconds' | 'reasonCode'>

function readAnswer(
  facts: Facts,
  { chain, feed, ...limits }: AnswerLimits & Pick<FeedReference, 'chain' | 'feed'>,
  time: number,
): Answer {
  const row = facts.chains[chain]?.prices.find((candidate) => candidate.feed === feed)
  const terms = facts.chains[chain]?.feeds.find((candidate) => candidate.feed === feed)
  if (row === undefined || terms === undefined)
    return { price: null, updatedAt: null, ageSeconds: null, reasonCode: 'PRICE_MISSING' }
  const updatedAt = Number(row.updatedAt)
  const verdict = judgeAnswer({ answer: row.answer, updatedAt }, terms, limits, time)
  const trusted = isQuarantined(facts.chains[chain]!, 'chainlink')
    ? { ...verdict, reasonCode: 'QUARANTINED' as const }
    : verdict
  return { updatedAt, ageSeconds: Math.max(0, time - updatedAt), ...trusted }
}
