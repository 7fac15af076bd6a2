import { isPledged } from '../isPledged'
import type { UnitPrices, UnitTerms } from '../types'
import { healthFactorOf, type LiquidationCall, type Outcome, untouched } from './outcome'

export interface LiquidationForecast {
  readonly calls: readonly LiquidationCall[]
  readonly healthFactorBefore: number | null
  readonly healthFactorAfter: number | null
  /** Quantities left by leg. */
  readonly collateral: readonly number[]
  readonly debt: readonly number[]
  /** Base asset credited to the owner instead of collateral (Comet), units of the first debt. */
  readonly surplus: number
  /** What the owner keeps at marks, USD ≥ 0. */
  readonly equity: number
  /** Debt written off, and debt that the remaining pledge does not cover, at marks, USD ≥ 0. */
  readonly badDebt: number
}

/** Values what a forecast leaves, at marks. */
export function summarize(unit: UnitTerms, prices: UnitPrices, outcome: Outcome): LiquidationForecast {
  const first = unit.collateral.length
  // A balance is worth no more than its oracle says, whatever the base asset costs whoever owes it.
  let pledged = outcome.surplus * Math.min(prices.mark[first] ?? 0, prices.oracle[first] ?? 0)
  let free = 0
  outcome.collateral.forEach((quantity, leg) => {
    const value = quantity * prices.mark[leg]!
    if (isPledged(unit, unit.collateral[leg]!)) pledged += value
    else free += value
  })
  let debt = 0
  let lost = 0
  outcome.debt.forEach((quantity, leg) => {
    debt += quantity * prices.mark[first + leg]!
    lost += outcome.writtenOff[leg]! * prices.mark[first + leg]!
  })
  return {
    calls: outcome.calls,
    healthFactorBefore: healthFactorOf(unit, prices, untouched(unit)),
    healthFactorAfter: healthFactorOf(unit, prices, outcome),
    collateral: outcome.collateral,
    debt: outcome.debt,
    surplus: outcome.surplus,
    equity: free + Math.max(0, pledged - debt),
    badDebt: lost + Math.max(0, debt - pledged),
  }
}
