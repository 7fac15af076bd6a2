import type { AnswerFact, CloseFact, Facts, FeedFact, FeedReference } from '../../facts'
import { type Decimal, formatDecimal, multiply } from '../decimal'
import { judgeAnswer } from '../judgeAnswer'
import type { FeedPath } from './feedPaths'

/** An answer as it stood at some instant. */
export interface StandingAnswer {
  readonly updatedAt: number
  readonly answer: string
}

/** What the feeds of a cut said before it. */
export interface PastPrices {
  /** The answer standing at the midnight with which a day begins. */
  close(feed: FeedReference, day: number): StandingAnswer | null
  /** Days of which a feed has a close. */
  days(feed: FeedReference): readonly number[]
  /** The recent answers of a feed, in the order of blocks. */
  answers(feed: FeedReference): readonly AnswerFact[]
  /** USD at an instant, from the answer of each feed of the path; `null` unless every one can be relied on. */
  price(path: FeedPath, standing: readonly (StandingAnswer | null)[], time: number): number | null
}

interface FeedPast {
  readonly terms: FeedFact
  readonly closes: ReadonlyMap<number, CloseFact>
  readonly answers: readonly AnswerFact[]
}

const one: Decimal = { value: 1n, decimals: 0 }

export function pastPrices(facts: Facts): PastPrices {
  const pasts = new Map<string, FeedPast>()
  for (const [chain, rows] of Object.entries(facts.history ?? {})) {
    const terms = new Map(facts.chains[chain]?.feeds.map((row) => [row.feed, row]))
    for (const { feed, closes, answers } of rows) {
      const known = terms.get(feed)
      if (known === undefined) continue
      pasts.set(`${chain} ${feed}`, { terms: known, closes: new Map(closes.map((row) => [row[0], row])), answers })
    }
  }
  const pastOf = ({ chain, feed }: FeedReference) => pasts.get(`${chain} ${feed}`)
  return {
    close(feed, day) {
      const row = pastOf(feed)?.closes.get(day)
      return row === undefined ? null : { updatedAt: row[1], answer: row[2] }
    },
    days: (feed) => [...(pastOf(feed)?.closes.keys() ?? [])],
    answers: (feed) => pastOf(feed)?.answers ?? [],
    price(path, standing, time) {
      let product = one
      for (const [index, feed] of path.entries()) {
        const row = standing[index]
        const past = pastOf(feed)
        if (row === null || row === undefined || past === undefined) return null
        const { price, reasonCode } = judgeAnswer(row, past.terms, feed, time)
        if (price === null || reasonCode !== null) return null
        product = multiply(product, price)
      }
      // The one conversion to float64: the nearest to the exact product.
      return Number(formatDecimal(product))
    },
  }
}
