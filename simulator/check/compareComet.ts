import type { AccountTruth, ChainTruth } from '../truth/types'
import type { Comparison } from './Comparison'
import type { CollateralRow, LendingUnitRow, MarketsBody } from './wire'

const protocol = 'compound-v3'
const wad = 10n ** 18n
const pauses = ['supplyPaused', 'transferPaused', 'withdrawPaused', 'absorbPaused', 'buyPaused']

/** The Comet's totals, principals, rates, price, liquidity and pauses; every collateral's total, price and terms. */
export function compareComet(comparison: Comparison, { chain, comet }: ChainTruth, { markets }: MarketsBody): void {
  const rows = markets.filter((row) => row.chain === chain && row.protocol === protocol)
  const base = rows.find(({ market }) => !market.includes(':'))
  const expect = (figure: string, expected: unknown, actual: unknown) =>
    comparison.expect(`Comet ${figure}`, expected, actual)
  expect('supply', comet.supply, base?.totalSupply)
  expect('debt', comet.borrow, base?.totalBorrow)
  expect('principal supplied', comet.supplyPrincipal, base?.scaledSupply)
  expect('principal owed', comet.borrowPrincipal, base?.scaledBorrow)
  expect('supply rate', comet.supplyRate, base?.supplyRate)
  expect('borrow rate', comet.borrowRate, base?.borrowRate)
  expect('price', comet.basePrice, base?.oraclePriceRaw)
  expect('liquidity', comet.liquidity, base?.liquidity)
  const paused = pauses.filter((_, bit) => ((comet.pauseFlags >> bit) & 1) === 1)
  expect('flags', ['active', 'borrowing', ...paused].sort().join(), base?.flags.join())
  for (const asset of comet.assets) {
    const row = rows.find(({ market, token }) => market.includes(':') && token === asset.asset.toLowerCase())
    const name = asset.symbol
    expect(`${name} total`, asset.total, row?.totalSupply)
    expect(`${name} price`, asset.price, row?.oraclePriceRaw)
    expect(`${name} borrow factor`, asset.borrowCollateralFactor, row?.maxLtv)
    expect(`${name} liquidate factor`, asset.liquidateCollateralFactor, row?.liquidationThreshold)
    expect(`${name} cap`, asset.supplyCap, row?.supplyCap)
  }
}

/** What one account has in the Comet, and its health there. */
export function compareCometAccount(
  comparison: Comparison,
  { comet }: ChainTruth,
  { comet: position }: AccountTruth,
  rows: readonly CollateralRow[],
  units: readonly LendingUnitRow[],
): void {
  const own = rows.filter((row) => row.protocol === protocol)
  const expect = (figure: string, expected: unknown, actual: unknown) =>
    comparison.expect(`Comet ${figure}`, expected, actual)
  const row = (side: string) => own.find((one) => one.side === side)
  const shares = (side: string) => BigInt(row(side)?.shares ?? 0)
  expect('principal', position.principal, shares('supply') - shares('borrow'))
  expect('balance', position.balance, row('supply')?.amount ?? 0n)
  expect('debt', position.debt, row('borrow')?.amount ?? 0n)
  for (const [index, { symbol, asset }] of comet.assets.entries()) {
    const pledged = own.find(({ side, token }) => side === 'collateral' && token.toLowerCase() === asset.toLowerCase())
    expect(`${symbol} pledged`, position.pledges[index], pledged?.amount ?? 0n)
  }
  const unit = units.find((one) => one.protocol === protocol)
  expect('debt of the unit', position.debt, unit ? unit.debtBaseRaw : 0n)
  let worth = 0n
  let weighed = 0n
  for (const [index, { price, scale, liquidateCollateralFactor }] of comet.assets.entries()) {
    const value = (position.pledges[index]! * price) / scale
    worth += value
    weighed += (value * liquidateCollateralFactor) / wad
  }
  expect('collateral of the unit', (worth * comet.baseScale) / comet.basePrice, unit ? unit.collateralBaseRaw : 0n)
  const owed = (position.debt * comet.basePrice) / comet.baseScale
  expect('health factor', owed === 0n ? null : (weighed * wad) / owed, unit?.healthFactorRaw ?? null)
}
