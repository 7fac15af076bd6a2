import type { AccountTruth, ChainTruth, MorphoMarketTruth, MorphoPositionTruth } from '../truth/types'
import type { Comparison } from './Comparison'
import type { CollateralRow, LendingUnitRow, MarketsBody } from './wire'

const protocol = 'morpho-blue'
const wad = 10n ** 18n
const priceScale = 10n ** 36n

/** Every Morpho market's totals, shares, price, rate and terms. */
export function compareMorphoMarkets(comparison: Comparison, truth: ChainTruth, { markets }: MarketsBody): void {
  for (const { name, id, totals, price, borrowRate, params, fee } of truth.morphoMarkets) {
    const row = markets.find((one) => one.chain === truth.chain && one.protocol === protocol && one.market === id)
    const expect = (figure: string, expected: unknown, actual: unknown) =>
      comparison.expect(`Morpho ${name} ${figure}`, expected, actual)
    expect('supply', totals.supplyAssets, row?.totalSupply)
    expect('supply shares', totals.supplyShares, row?.scaledSupply)
    expect('debt', totals.borrowAssets, row?.totalBorrow)
    expect('debt shares', totals.borrowShares, row?.scaledBorrow)
    expect('liquidity', totals.supplyAssets - totals.borrowAssets, row?.liquidity)
    expect('price', price, row?.oraclePriceRaw)
    expect('borrow rate', borrowRate, row?.borrowRate)
    expect('LLTV', params.lltv, row?.liquidationThreshold)
    expect('fee', fee, row?.reserveFactor)
  }
}

/** What one account has in every Morpho market, and its health there. */
export function compareMorphoAccount(
  comparison: Comparison,
  { morphoMarkets }: ChainTruth,
  { morpho }: AccountTruth,
  rows: readonly CollateralRow[],
  units: readonly LendingUnitRow[],
): void {
  for (const [index, market] of morphoMarkets.entries()) {
    const position = morpho[index]!
    const expect = (figure: string, expected: unknown, actual: unknown) =>
      comparison.expect(`Morpho ${market.name} ${figure}`, expected, actual)
    const row = (side: string) =>
      rows.find((one) => one.protocol === protocol && one.market === market.id && one.side === side)
    const unit = units.find((one) => one.protocol === protocol && one.unit === market.id)
    expect('supply shares', position.supplyShares, row('supply')?.shares ?? 0n)
    expect('supply', position.supplyAssets, row('supply')?.amount ?? 0n)
    expect('debt shares', position.borrowShares, row('borrow')?.shares ?? 0n)
    expect('debt', position.borrowAssets, row('borrow')?.amount ?? 0n)
    expect('collateral', position.collateral, row('collateral')?.amount ?? 0n)
    const { worth, healthFactor } = healthOf(market, position)
    expect('collateral in the loan token', worth, unit ? unit.collateralBaseRaw : 0n)
    expect('debt in the loan token', position.borrowAssets, unit ? unit.debtBaseRaw : 0n)
    expect('health factor', healthFactor, unit?.healthFactorRaw ?? null)
  }
}

function healthOf({ price, params }: MorphoMarketTruth, { collateral, borrowAssets }: MorphoPositionTruth) {
  const worth = (collateral * (price ?? 0n)) / priceScale
  const allowed = (worth * params.lltv) / wad
  return { worth, healthFactor: borrowAssets === 0n ? null : (allowed * wad) / borrowAssets }
}
