import { compileLendingUnit } from './compileLendingUnit'
import { evaluateScenario } from './evaluateScenario'
import type { MovablePolicy, UnitPrices, UnitTerms, UnitValue } from './types'
import { unitPrices } from './unitPrices'

/**
 * Values a lending unit as one instrument, by the margin rule: with the health factor below 1 at oracle prices the
 * whole debt is closed, each collateral at its incentive, the seizure worst for the owner first (Comet: all collateral is
 * absorbed at its liquidation factors); what is left is worth its mark.
 *
 * Non-recourse: E is never below 0, and never above max(0, C − D) at marks either, since nobody liquidates at a loss
 * and the owner gains nothing from being liquidated. Collateral which is not pledged (not switched on) backs nothing, cannot be
 * seized, and is part of E and W. Quantities and prices are finite and ≥ 0;
 * prices default to the unit's own.
 */
export function evaluateLendingUnit(
  unit: UnitTerms,
  policy: MovablePolicy,
  prices: UnitPrices = unitPrices(unit),
): UnitValue {
  const compiled = compileLendingUnit(unit, policy)
  const oracle = Float64Array.from(prices.oracle)
  const mark = Float64Array.from(prices.mark)
  const rows = Int32Array.from(oracle, (_, leg) => leg)
  const out = { equity: new Float64Array(1), badDebt: new Float64Array(1), movable: new Float64Array(1) }
  evaluateScenario(compiled, oracle, mark, rows, 1, 0, out)

  const { collaterals, legs, quantity, threshold, pledged } = compiled
  let collateralValue = 0
  let pledgedValue = 0
  let adjusted = 0
  for (let leg = 0; leg < collaterals; leg++) {
    collateralValue += quantity[leg]! * mark[leg]!
    if (pledged[leg] === 0) continue
    pledgedValue += quantity[leg]! * mark[leg]!
    adjusted += quantity[leg]! * oracle[leg]! * threshold[leg]!
  }
  let debtValue = 0
  let debtOracle = 0
  for (let leg = collaterals; leg < legs; leg++) {
    debtValue += quantity[leg]! * mark[leg]!
    debtOracle += quantity[leg]! * oracle[leg]!
  }
  const equity = out.equity[0]!
  const movable = out.movable[0]!
  return {
    collateralValue,
    pledgedValue,
    debtValue,
    healthFactor: debtOracle > 0 ? adjusted / debtOracle : null,
    liquidatable: adjusted < debtOracle,
    equity,
    badDebt: out.badDebt[0]!,
    movable,
    reach: equity > 0 ? Math.min(1, movable / equity) : null,
  }
}
