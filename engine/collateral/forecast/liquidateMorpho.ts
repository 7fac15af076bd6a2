import { isPledged } from '../isPledged'
import type { UnitPrices, UnitTerms } from '../types'
import { isLiquidatable, type Outcome, oracleValues, untouched, writeOff } from './outcome'

/**
 * Morpho Blue: above its LLTV a position can be repaid whole against its one collateral at the market's incentive; where the
 * collateral does not suffice it is taken entirely and the lenders bear the rest.
 */
export function liquidateMorpho(unit: UnitTerms, prices: UnitPrices, limit: number): Outcome {
  const outcome = untouched(unit)
  if (limit < 1 || !isLiquidatable(unit, prices, outcome)) return outcome
  // What the account lends in the same market is not pledged.
  const place = unit.collateral.findIndex((leg) => isPledged(unit, leg))
  const leg = unit.collateral[place]
  const values = oracleValues(unit, prices, outcome)
  const affordable = leg === undefined ? 0 : values.collateral[place]! / leg.liquidationIncentive
  const owed = values.debt[0]!
  const whole = affordable > owed
  const repaid = whole ? outcome.debt[0]! : outcome.debt[0]! * (affordable / owed)
  const owned = leg === undefined ? 0 : outcome.collateral[place]!
  const seized = whole ? owned * (owed / affordable) : owned
  outcome.debt[0]! -= repaid
  if (leg !== undefined) outcome.collateral[place]! -= seized
  outcome.calls.push({ collateral: Math.max(place, 0), debt: 0, repaid, seized, protocolFee: 0 })
  if (!whole) writeOff(outcome)
  return outcome
}
