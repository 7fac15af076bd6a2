import { mulRayDown, mulRayHalfUp, mulRayUp } from '../../math/ray'
import type { MarketStateFact } from '../facts'
import { normalizedDebt, normalizedIncome, poolRules } from './aaveIndexes'
import { compoundInterestBinomial } from './aaveInterest'
import type { MarketReading, ReadMarkets } from './marketReading'

/** Every Aave v3 reserve of a chain, accrued to `time`. */
export const readAaveMarkets: ReadMarkets = ({ chain, time, facts }) => {
  const own = facts.markets.filter(({ protocol }) => protocol === 'aave-v3')
  const states = new Map(facts.marketStates.map((row) => [`${row.protocol} ${row.market}`, row]))
  const parameters = new Map(facts.marketParameters.map((row) => [`${row.protocol} ${row.market}`, row]))
  const pools = new Map(own.filter(({ kind }) => kind === 'pool').map((row) => [row.unit, row]))
  const prices = new Map(facts.prices.map((row) => [row.feed, BigInt(row.answer)]))
  const decimals = new Map(facts.tokens.map((row) => [row.address, row.decimals]))
  return own.flatMap((market): MarketReading[] => {
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
        collateralToken: null,
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
        accruedAt: time,
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
