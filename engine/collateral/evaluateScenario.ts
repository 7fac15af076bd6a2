import { sortDescending } from './sortDescending'
import type { CompiledLendingUnit, UnitScenarioValues } from './types'

/** One scenario of `evaluateLendingUnitScenarios`. */
export function evaluateScenario(
  unit: CompiledLendingUnit,
  oracle: Float64Array,
  mark: Float64Array,
  rows: Int32Array,
  stride: number,
  scenario: number,
  out: UnitScenarioValues,
): void {
  const { collaterals, legs, quantity, threshold, backing, pledged, scratch } = unit
  const { oracleValue, markValue } = scratch
  let free = 0
  let pledgedMark = 0
  let adjusted = 0
  let backed = 0
  for (let leg = 0; leg < collaterals; leg++) {
    const cell = rows[leg]! * stride + scenario
    const atOracle = quantity[leg]! * oracle[cell]!
    const atMark = quantity[leg]! * mark[cell]!
    oracleValue[leg] = atOracle
    markValue[leg] = atMark
    if (pledged[leg] === 1) {
      pledgedMark += atMark
      adjusted += atOracle * threshold[leg]!
      backed += atOracle * backing[leg]!
    } else free += atMark
  }
  let debtOracle = 0
  let debtMark = 0
  for (let leg = collaterals; leg < legs; leg++) {
    const cell = rows[leg]! * stride + scenario
    debtOracle += quantity[leg]! * oracle[cell]!
    debtMark += quantity[leg]! * mark[cell]!
  }

  const solvent = pledgedMark - debtMark
  let equity = solvent
  let badDebt = -solvent
  if (adjusted < debtOracle) {
    const outcome = unit.rule === 'comet' ? absorb(unit, debtOracle, debtMark) : seize(unit, debtOracle, debtMark)
    equity = Math.min(equity, outcome)
    badDebt = Math.max(badDebt, -outcome)
  }
  out.equity[scenario] = free + Math.max(0, equity)
  out.badDebt[scenario] = Math.max(0, badDebt)
  out.movable[scenario] = movable(unit, backed - debtOracle, debtOracle > 0)
}

/**
 * Close factor 1, the seizure worst for the owner: the collateral whose mark value taken per value repaid is largest goes
 * first, ties by asset. Value left to the owner at marks, or minus the debt left.
 */
function seize(unit: CompiledLendingUnit, debtOracle: number, debtMark: number): number {
  const { collaterals, incentive, pledged, byAsset, scratch } = unit
  const { oracleValue, markValue, key, order } = scratch
  for (let leg = 0; leg < collaterals; leg++) {
    key[leg] = oracleValue[leg]! > 0 ? (incentive[leg]! * markValue[leg]!) / oracleValue[leg]! : Infinity
  }
  sortDescending(order, byAsset, key)
  let unpaid = debtOracle
  let left = 0
  for (let place = 0; place < collaterals; place++) {
    const leg = order[place]!
    if (pledged[leg] === 0) continue
    const atOracle = oracleValue[leg]!
    // What the oracle calls worthless is taken for nothing.
    if (atOracle === 0) continue
    const repaid = Math.min(unpaid, atOracle / incentive[leg]!)
    unpaid -= repaid
    left += Math.max(0, 1 - (repaid * incentive[leg]!) / atOracle) * markValue[leg]!
  }
  return unpaid > 0 ? -(unpaid / debtOracle) * debtMark : left
}

/**
 * Comet takes all collateral at its liquidation factors and leaves the surplus as a balance in the base asset, as much of it as the oracle says it
 * is worth. What the base asset costs whoever owes it may be more (par, for a stablecoin), which makes no balance worth more.
 */
function absorb(unit: CompiledLendingUnit, debtOracle: number, debtMark: number): number {
  let proceeds = 0
  for (let leg = 0; leg < unit.collaterals; leg++) {
    if (unit.pledged[leg] === 1) proceeds += unit.scratch.oracleValue[leg]! / unit.incentive[leg]!
  }
  const surplus = proceeds - debtOracle
  const markPerOracle = debtMark / debtOracle
  return surplus * (surplus > 0 ? Math.min(1, markPerOracle) : markPerOracle)
}

/**
 * The most that can leave, at marks: first what backs least per mark value. `slack` is how much more debt the pledge
 * would back. Unpledged collateral and, without debt, everything leaves as far as the market pays out.
 */
function movable(unit: CompiledLendingUnit, slack: number, indebted: boolean): number {
  const { collaterals, quantity, backing, withdrawable, pledged, blocking, byAsset, scratch } = unit
  const { oracleValue, markValue, key, order } = scratch
  let blocked = false
  for (let leg = 0; leg < collaterals; leg++) {
    const cost = oracleValue[leg]! * backing[leg]!
    const costless = pledged[leg] === 0 || !indebted || cost === 0
    key[leg] = costless ? Infinity : markValue[leg]! / cost
    if (blocking[leg] === 1 && indebted) blocked = true
  }
  sortDescending(order, byAsset, key)
  let remaining = slack
  let total = 0
  for (let place = 0; place < collaterals; place++) {
    const leg = order[place]!
    if (quantity[leg] === 0) continue
    const limit = withdrawable[leg]! / quantity[leg]!
    if (indebted && pledged[leg] === 1) {
      if (slack < 0 || (blocked && blocking[leg] === 0)) continue
      const cost = oracleValue[leg]! * backing[leg]!
      const share = cost > 0 ? Math.min(limit, remaining / cost) : limit
      remaining = Math.max(0, remaining - share * cost)
      total += share * markValue[leg]!
    } else total += limit * markValue[leg]!
  }
  return total
}
