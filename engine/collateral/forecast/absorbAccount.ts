import { isPledged } from '../isPledged'
import type { UnitPrices, UnitTerms } from '../types'
import { isLiquidatable, type Outcome, oracleValues, untouched, writeOff } from './outcome'

/**
 * Comet: `absorb` takes all collateral at its liquidation factors (1 ÷ incentive) and clears the debt; a surplus is credited in the
 * base asset, a shortfall is borne by the protocol's reserves.
 */
export function absorbAccount(unit: UnitTerms, prices: UnitPrices, limit: number): Outcome {
  const outcome = untouched(unit)
  if (limit < 1 || !isLiquidatable(unit, prices, outcome)) return outcome
  const values = oracleValues(unit, prices, outcome)
  const proceeds = values.collateral.reduce(
    (sum, value, leg) =>
      isPledged(unit, unit.collateral[leg]!) ? sum + value / unit.collateral[leg]!.liquidationIncentive : sum,
    0,
  )
  const owed = values.debt.reduce((sum, value) => sum + value, 0)
  const covered = Math.min(1, proceeds / owed)
  const repaid = outcome.debt[0]! * covered
  outcome.debt.forEach((quantity, leg) => {
    outcome.debt[leg] = quantity * (1 - covered)
  })
  outcome.collateral.forEach((_, leg) => {
    if (isPledged(unit, unit.collateral[leg]!)) outcome.collateral[leg] = 0
  })
  if (proceeds > owed) outcome.surplus = (proceeds - owed) / prices.oracle[unit.collateral.length]!
  outcome.calls.push({ collateral: null, debt: null, repaid, seized: 0, protocolFee: 0 })
  writeOff(outcome)
  return outcome
}
