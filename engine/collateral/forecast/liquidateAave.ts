import { assetOrder } from '../assetOrder'
import { isPledged } from '../isPledged'
import type { UnitPrices, UnitTerms } from '../types'
import { healthFactorOf, isLiquidatable, type Outcome, oracleValues, untouched, writeOff } from './outcome'

export interface AaveLiquidationOptions {
  /** `3.0`: close factor by health only, bad debt stays on the account. `3.3` (and later): size limits, deficits written off. Default `3.3`. */
  readonly version?: '3.0' | '3.3'
  /** The protocol's part of the liquidation bonus, fraction in [0,1]. It comes out of the liquidator's gain. */
  readonly protocolFee?: number
}

const CLOSE_FACTOR = 0.5
/** Above this health factor only the close factor's part of the debt may be repaid. */
const CLOSE_FACTOR_HEALTH = 0.95
/** USD of the collateral and of the debt below which the whole may be liquidated at once (3.3). */
const SMALL_SIZE = 2000
/** USD that a partial liquidation has to leave of both (3.3). */
const MINIMUM_LEFTOVER = 1000

interface Pair {
  readonly collateral: number
  readonly debt: number
  /** Oracle value repaid. */
  readonly repaid: number
  readonly loss: number
}

/**
 * Aave v3 liquidation calls, each on the pair that costs the owner most at marks (ties by asset), until the health factor is 1, nothing
 * can be taken, or `limit` calls. Rules as in LiquidationLogic of v3.0 and v3.6.
 */
export function liquidateAave(
  unit: UnitTerms,
  prices: UnitPrices,
  options: AaveLiquidationOptions,
  limit: number,
): Outcome {
  const outcome = untouched(unit)
  const { version = '3.3', protocolFee = 0 } = options
  while (outcome.calls.length < limit && isLiquidatable(unit, prices, outcome)) {
    const pair = dearestPair(unit, prices, outcome, version)
    if (pair === null) break
    apply(unit, prices, outcome, pair, protocolFee)
    if (version === '3.3' && !holdsPledge(unit, outcome)) writeOff(outcome)
  }
  return outcome
}

function dearestPair(unit: UnitTerms, prices: UnitPrices, outcome: Outcome, version: '3.0' | '3.3'): Pair | null {
  const values = oracleValues(unit, prices, outcome)
  const totalDebt = values.debt.reduce((sum, value) => sum + value, 0)
  const health = healthFactorOf(unit, prices, outcome)!
  let dearest: Pair | null = null
  for (const collateral of assetOrder(unit.collateral)) {
    if (!isPledged(unit, unit.collateral[collateral]!) || !(values.collateral[collateral]! > 0)) continue
    for (const debt of assetOrder(unit.debt)) {
      const sizes = { collateral: values.collateral[collateral]!, debt: values.debt[debt]!, totalDebt, health }
      const incentive = unit.collateral[collateral]!.liquidationIncentive
      const repaid = version === '3.0' ? repayable30(sizes, incentive) : repayable33(sizes, incentive)
      if (!(repaid > 0)) continue
      const loss =
        repaid * (incentive * markPerOracle(prices, collateral) - markPerOracle(prices, unit.collateral.length + debt))
      if (dearest === null || loss > dearest.loss) dearest = { collateral, debt, repaid, loss }
    }
  }
  return dearest
}

interface Sizes {
  readonly collateral: number
  readonly debt: number
  readonly totalDebt: number
  readonly health: number
}

/** Half of the reserve's debt, all of it at a health factor of 0.95 or less. */
function repayable30({ collateral, debt, health }: Sizes, incentive: number): number {
  const closed = health > CLOSE_FACTOR_HEALTH ? debt * CLOSE_FACTOR : debt
  return Math.min(closed, collateral / incentive)
}

/** At most half of the whole debt while both sides are large and health is above 0.95; and no dust may be left. */
function repayable33({ collateral, debt, totalDebt, health }: Sizes, incentive: number): number {
  const limited = collateral >= SMALL_SIZE && debt >= SMALL_SIZE && health > CLOSE_FACTOR_HEALTH
  const closed = limited ? Math.min(debt, totalDebt * CLOSE_FACTOR) : debt
  const affordable = collateral / incentive
  if (affordable <= closed) return affordable
  if (closed === debt) return closed
  return Math.min(closed, debt - MINIMUM_LEFTOVER, (collateral - MINIMUM_LEFTOVER) / incentive)
}

function apply(unit: UnitTerms, prices: UnitPrices, outcome: Outcome, pair: Pair, protocolFee: number): void {
  const { collateral, debt, repaid: value } = pair
  const { liquidationIncentive } = unit.collateral[collateral]!
  const repaid = Math.min(outcome.debt[debt]!, value / prices.oracle[unit.collateral.length + debt]!)
  const owned = outcome.collateral[collateral]!
  const wanted = (value * liquidationIncentive) / prices.oracle[collateral]!
  // A quotient that rounds to just below the whole takes the whole: no speck of collateral stays behind.
  const seized = wanted >= owned * (1 - 1e-12) ? owned : wanted
  outcome.debt[debt]! -= repaid
  outcome.collateral[collateral]! -= seized
  const bonus = seized - seized / liquidationIncentive
  outcome.calls.push({ collateral, debt, repaid, seized, protocolFee: bonus * protocolFee })
}

function holdsPledge(unit: UnitTerms, { collateral }: Outcome): boolean {
  return collateral.some((quantity, leg) => quantity > 0 && isPledged(unit, unit.collateral[leg]!))
}

function markPerOracle(prices: UnitPrices, leg: number): number {
  return prices.oracle[leg]! > 0 ? prices.mark[leg]! / prices.oracle[leg]! : 0
}
