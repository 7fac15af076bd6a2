import type { MarketFact, MarketParametersFact, MarketStateFact, PriceFact } from '../facts'

export const cometProtocol = 'compound-v3'

export interface CometMarket {
  readonly market: MarketFact
  readonly state: MarketStateFact
  readonly parameters: MarketParametersFact
  /** As its feed answers; `null` while that is not positive: the contract itself then refuses to use it. */
  readonly price: bigint | null
}

/** Everything known of Comets' markets, by key: `<comet>` for the base, `<comet>:<token>` for collateral. A market not known in full is left out. */
export function cometMarkets(facts: {
  readonly markets: readonly MarketFact[]
  readonly marketStates: readonly MarketStateFact[]
  readonly marketParameters: readonly MarketParametersFact[]
  readonly prices: readonly PriceFact[]
}): ReadonlyMap<string, CometMarket> {
  const own = <T extends { readonly protocol: string; readonly market: string }>(rows: readonly T[]) =>
    new Map(rows.filter(({ protocol }) => protocol === cometProtocol).map((row) => [row.market, row]))
  const states = own(facts.marketStates)
  const parameters = own(facts.marketParameters)
  const prices = new Map(facts.prices.map(({ feed, answer }) => [feed, BigInt(answer)]))
  return new Map(
    [...own(facts.markets)].flatMap(([name, market]): [string, CometMarket][] => {
      const state = states.get(name)
      const terms = parameters.get(name)
      if (state === undefined || terms === undefined) return []
      const answer = market.oracle === null ? 0n : (prices.get(market.oracle) ?? 0n)
      return [[name, { market, state, parameters: terms, price: answer > 0n ? answer : null }]]
    }),
  )
}

export function hasFlag({ flags }: Pick<MarketParametersFact, 'flags'>, flag: string): boolean {
  return flags.split(',').includes(flag)
}
