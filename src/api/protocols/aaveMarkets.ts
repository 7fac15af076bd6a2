import { mulRayDown, mulRayHalfUp, mulRayUp } from '../../math/ray'
import type { FeedFact, MarketFact, MarketParametersFact, MarketStateFact, PriceFact, TokenFact } from '../facts'
import { normalizedDebt, normalizedIncome, poolRules } from './aaveIndexes'
import { compoundInterestBinomial } from './aaveInterest'

export interface MarketsQuestion {
  readonly chain: string
  readonly time: bigint
  readonly facts: {
    readonly markets: readonly MarketFact[]
    readonly marketStates: readonly MarketStateFact[]
    readonly marketParameters: readonly MarketParametersFact[]
    readonly tokens: readonly TokenFact[]
    readonly feeds: readonly FeedFact[]
    readonly prices: readonly PriceFact[]
  }
}

/** A reserve as the pool's and its tokens' view functions describe it at the instant; raw integers. */
export interface MarketReading {
  readonly chain: string
  readonly protocol: string
  readonly market: string
  readonly token: string
  readonly decimals: number
  readonly supplyIndex: bigint
  readonly borrowIndex: bigint
  readonly scaledSupply: bigint
  readonly totalSupply: bigint
  readonly scaledBorrow: bigint
  readonly totalBorrow: bigint
  readonly stableBorrow: bigint
  /** Scaled, not yet minted; `null` where it cannot be known. */
  readonly accruedToTreasury: bigint | null
  readonly deficit: bigint | null
  /** `null` when the source has no positive answer: the pool then asks its fallback oracle. */
  readonly oraclePriceRaw: bigint | null
  readonly liquidity: bigint
  readonly supplyRate: bigint
  readonly borrowRate: bigint
  readonly parameters: MarketParametersFact
}

/** Every Aave v3 reserve of a chain, accrued to `time`. */
export function readAaveMarkets({ chain, time, facts }: MarketsQuestion): readonly MarketReading[] {
  const own = facts.markets.filter(({ protocol }) => protocol === 'aave-v3')
  const states = new Map(facts.marketStates.map((row) => [`${row.protocol} ${row.market}`, row]))
  const parameters = new Map(facts.marketParameters.map((row) => [`${row.protocol} ${row.market}`, row]))
  const pools = new Map(own.filter(({ kind }) => kind === 'pool').map((row) => [row.unit, row]))
  const prices = new Map(facts.prices.map((row) => [row.feed, BigInt(row.answer)]))
  const decimals = new Map(facts.tokens.map((row) => [row.address, row.decimals]))
  return own.flatMap((market) => {
    const key = `${market.protocol} ${market.market}`
    const state = states.get(key)
    const terms = parameters.get(key)
    const digits = terms?.decimals ?? (market.token === null ? undefined : decimals.get(market.token))
    if (market.kind !== 'reserve' || market.token === null || !state || !terms || digits === undefined) return []
    const supplyIndex = normalizedIncome(state, time)
    const borrowIndex = normalizedDebt(state, time, poolRules(pools.get(market.unit)?.revision))
    const scaledSupply = BigInt(state.totalSupply)
    const scaledBorrow = BigInt(state.totalBorrow)
    const answer = market.oracle === null ? undefined : prices.get(market.oracle)
    return [
      {
        chain,
        protocol: market.protocol,
        market: market.market,
        token: market.token,
        decimals: digits,
        supplyIndex,
        borrowIndex,
        scaledSupply,
        totalSupply: (market.receiptRounding === 'directed' ? mulRayDown : mulRayHalfUp)(scaledSupply, supplyIndex),
        scaledBorrow,
        totalBorrow: (market.debtRounding === 'directed' ? mulRayUp : mulRayHalfUp)(scaledBorrow, borrowIndex),
        stableBorrow: stableBorrow(state, time),
        accruedToTreasury: state.accruedToTreasury === null ? null : BigInt(state.accruedToTreasury),
        deficit: state.deficit === null ? null : BigInt(state.deficit),
        oraclePriceRaw: answer === undefined || answer <= 0n ? null : answer,
        liquidity: BigInt(state.liquidity),
        supplyRate: BigInt(state.supplyRate),
        borrowRate: BigInt(state.borrowRate),
        parameters: terms,
      },
    ]
  })
}

function stableBorrow({ stableBorrow: principal, stableRate, stableAccruedAt }: MarketStateFact, time: bigint): bigint {
  if (principal === null || principal === '0') return 0n
  const elapsed = time - BigInt(stableAccruedAt ?? time)
  return mulRayHalfUp(BigInt(principal), compoundInterestBinomial(BigInt(stableRate ?? '0'), elapsed))
}
