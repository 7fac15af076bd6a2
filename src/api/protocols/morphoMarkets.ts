import { divWadDown, mulWadDown, WAD } from '../../math/wad'
import type { MarketReading, ReadMarkets } from './marketReading'
import { accruedTotals, morphoBorrowRate, storedTotals } from './morphoAccrual'
import { morphoPrice } from './morphoPrice'

const protocol = 'morpho-blue'

/** Every Morpho market of a chain, accrued to `time`; one whose interest is not known shows what it last stored, and no rates. */
export const readMorphoMarkets: ReadMarkets = ({ chain, time, facts }) => {
  const byMarket = <T extends { readonly protocol: string; readonly market: string }>(rows: readonly T[]) =>
    new Map(rows.filter((row) => row.protocol === protocol).map((row) => [row.market, row]))
  const states = byMarket(facts.marketStates)
  const parameters = byMarket(facts.marketParameters)
  const decimals = new Map(facts.tokens.map((row) => [row.address, row.decimals]))
  return facts.markets.flatMap((market): MarketReading[] => {
    const state = states.get(market.market)
    const terms = parameters.get(market.market)
    const digits = market.token === null ? undefined : decimals.get(market.token)
    if (market.protocol !== protocol || market.kind !== 'market' || market.token === null) return []
    if (state === undefined || terms === undefined || digits === undefined) return []
    const question = { market, state, parameters: terms }
    const totals = accruedTotals(question, time)
    const { supplyAssets, supplyShares, borrowAssets, borrowShares } = totals ?? storedTotals(state)
    const borrowRate = totals === null ? null : morphoBorrowRate(question, time)
    const utilization = supplyAssets === 0n ? 0n : divWadDown(borrowAssets, supplyAssets)
    const lent = borrowRate === null ? null : mulWadDown(borrowRate, utilization)
    return [
      {
        chain,
        protocol,
        market: market.market,
        token: market.token,
        decimals: digits,
        collateralToken: market.collateralToken ?? null,
        supplyIndex: null,
        borrowIndex: null,
        scaledSupply: supplyShares,
        totalSupply: supplyAssets,
        scaledBorrow: borrowShares,
        totalBorrow: borrowAssets,
        stableBorrow: 0n,
        accruedToTreasury: null,
        deficit: null,
        oraclePriceRaw: morphoPrice(facts, terms),
        liquidity: supplyAssets - borrowAssets,
        supplyRate: lent === null ? null : mulWadDown(lent, WAD - BigInt(terms.reserveFactor ?? '0')),
        borrowRate,
        accruedAt: totals === null ? BigInt(state.accruedAt) : time,
        parameters: terms,
      },
    ]
  })
}
