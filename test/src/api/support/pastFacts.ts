import type { AnswerFact, CloseFact, Facts, FeedHistoryFact, FeedReference } from '../../../../src/api/facts'

/** What one feed says in a made-up past: closes by day, and recent answers, in whole USD (or units of its quote). */
export interface FeedPast {
  readonly base: string
  readonly quote?: string
  readonly chain?: string
  readonly heartbeatSeconds?: number
  readonly closes: ReadonlyMap<number, number>
  /** Days whose close was given this many seconds before the midnight; default 60. */
  readonly ages?: ReadonlyMap<number, number>
  readonly answers?: readonly (readonly [at: number, price: number])[]
}

export const daySeconds = 86_400
const raw = (price: number) => String(BigInt(Math.round(price * 1e8)))
const kinds: Readonly<Record<string, readonly [string, string]>> = {
  WETH: ['major', 'ETH'],
  wstETH: ['lst', 'ETH'],
  WBTC: ['major', 'BTC'],
  SOL: ['major', 'SOL'],
  USDC: ['majorStable', 'USD'],
}

/** Facts that say nothing but the past of these feeds. */
export function pastFacts(feeds: readonly FeedPast[]): Facts {
  const rows = feeds.map(({ chain = 'alpha', base, quote = 'USD', ...past }, index) => ({
    ...past,
    reference: {
      chain,
      feed: `0xfeed${index}`,
      base,
      quote,
      heartbeatSeconds: past.heartbeatSeconds ?? 3_600,
      band: null,
    } satisfies FeedReference,
  }))
  const chains = [...new Set(rows.map(({ reference }) => reference.chain))].sort()
  const of = (chain: string) => rows.filter(({ reference }) => reference.chain === chain)
  const none = { tokens: [], markets: [], marketStates: [], marketParameters: [], positions: [], lendingAccounts: [] }
  return {
    reference: {
      assets: Object.fromEntries(
        Object.entries(kinds).map(([asset, [kind, riskGroup]]) => [
          asset,
          { class: kind, riskGroup, issuer: null, redeemsTo: null, tokens: {}, bridge: {} },
        ]),
      ),
      feeds: rows.map(({ reference }) => reference),
    },
    chains: Object.fromEntries(
      chains.map((chain) => [
        chain,
        {
          ...none,
          vaults: [],
          vaultStates: [],
          prices: [],
          pools: [],
          poolStates: [],
          pastPoolStates: [],
          poolTicks: [],
          feeds: of(chain).map(({ reference: { feed } }) => ({
            blockNumber: '1',
            feed,
            base: '',
            quote: '',
            decimals: 8,
            heartbeat: '3600',
          })),
        },
      ]),
    ),
    history: Object.fromEntries(
      chains.map((chain) => [
        chain,
        of(chain).map(
          ({ reference: { feed }, closes, ages, answers = [] }): FeedHistoryFact => ({
            feed,
            closes: [...closes].map(
              ([day, price]): CloseFact => [day, day * daySeconds - (ages?.get(day) ?? 60), raw(price)],
            ),
            answers: answers.map(([at, price]): AnswerFact => [at, at, raw(price)]),
          }),
        ),
      ]),
    ),
  }
}

/** Prices of consecutive days, the last of them `lastDay`, from daily log returns. */
export function walk(start: number, returns: readonly number[], lastDay: number): ReadonlyMap<number, number> {
  const first = lastDay - returns.length
  let price = start
  return new Map([
    [first, start],
    ...returns.map((move, index): [number, number] => {
      price *= Math.exp(move)
      return [first + 1 + index, price]
    }),
  ])
}
