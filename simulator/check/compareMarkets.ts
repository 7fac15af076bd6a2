import {
  canBorrow,
  debtCeilingOf,
  isActive,
  isBorrowableInIsolation,
  isFrozen,
  isPaused,
  isSiloed,
} from '../actions/look'
import type { ChainTruth, ReserveTruth } from '../truth/types'
import { Comparison } from './Comparison'
import type { CheckResult } from './checkBlock'
import { compareComet } from './compareComet'
import { compareMorphoMarkets } from './compareMorpho'
import type { MarketsBody } from './wire'

/** Every reserve's totals, indexes, rates, price and parameters: what the API says against what the contracts say. */
export function compareMarkets(truth: ChainTruth, body: MarketsBody): CheckResult {
  const comparison = new Comparison(truth, null)
  const rows = body.markets.filter(({ chain, protocol }) => chain === truth.chain && protocol === 'aave-v3')
  for (const reserve of truth.reserves) {
    const { asset } = reserve
    const row = rows.find(({ token }) => token.toLowerCase() === asset.toLowerCase())
    const expect = (figure: string, expected: unknown, actual: unknown) =>
      comparison.expect(`${asset} ${figure}`, expected, actual)
    expect('supply index', reserve.normalizedIncome, row?.supplyIndex)
    expect('borrow index', reserve.normalizedDebt, row?.borrowIndex)
    expect('scaled supply', reserve.scaledSupply, row?.scaledSupply)
    expect('supply', reserve.supply, row?.totalSupply)
    expect('scaled debt', reserve.scaledDebt, row?.scaledBorrow)
    expect('debt', reserve.debt, row?.totalBorrow)
    expect('stable debt', reserve.stableDebt, row?.stableBorrow)
    expect('deficit', reserve.deficit, row?.deficit ?? 0n)
    expect('oracle price', reserve.price, row?.oraclePriceRaw)
    expect('liquidity', reserve.liquidity, row?.liquidity)
    expect('supply rate', reserve.supplyRate, row?.supplyRate)
    expect('borrow rate', reserve.borrowRate, row?.borrowRate)
    expect('decimals', reserve.decimals, row?.decimals)
    const field = (offset: bigint, bits: bigint) => (reserve.configuration >> offset) & ((1n << bits) - 1n)
    expect('LTV', field(0n, 16n), row?.maxLtv)
    expect('liquidation threshold', field(16n, 16n), row?.liquidationThreshold)
    expect('liquidation incentive', field(32n, 16n), row?.liquidationIncentive)
    expect('borrow cap', field(80n, 36n), row?.borrowCap)
    expect('supply cap', field(116n, 36n), row?.supplyCap)
    expect('flags', flagsOf(reserve).join(), row?.flags.filter((flag) => flag !== 'stable').join())
    // Only named where the row has it.
    if (row?.accruedToTreasury != null) {
      expect('accrued to the treasury', reserve.accruedToTreasury, row.accruedToTreasury)
    }
  }
  const unlisted = rows.filter(({ token }) => !truth.reserves.some(({ asset }) => asset.toLowerCase() === token))
  for (const { token, flags } of unlisted) comparison.expect(`${token} dropped`, false, flags.includes('active'))
  compareMorphoMarkets(comparison, truth, body)
  compareComet(comparison, truth, body)
  return comparison.result
}

function flagsOf(reserve: ReserveTruth): string[] {
  const flags: readonly (readonly [string, boolean])[] = [
    ['active', isActive(reserve)],
    ['borrowing', canBorrow(reserve)],
    ['borrowableInIsolation', isBorrowableInIsolation(reserve)],
    ['flashloan', ((reserve.configuration >> 63n) & 1n) === 1n],
    ['frozen', isFrozen(reserve)],
    ['isolated', debtCeilingOf(reserve) > 0n],
    ['paused', isPaused(reserve)],
    ['siloed', isSiloed(reserve)],
  ]
  return flags.flatMap(([flag, isOn]) => (isOn ? [flag] : [])).sort()
}
