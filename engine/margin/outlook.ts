import { evaluateLendingUnit } from '../collateral/evaluateLendingUnit'
import type { ForecastOptions } from '../collateral/forecastLiquidation'
import { forecastLiquidation } from '../collateral/forecastLiquidation'
import type { UnitPrices } from '../collateral/types'
import { unitPrices } from '../collateral/unitPrices'
import type { Portfolio, ResolvedLendingUnit } from '../types'
import { creditPrices } from './creditPrices'

/** Moves that an answer shows a lending unit under; the first is now. */
export const OUTLOOK_MOVES = [0, -0.1, -0.2, -0.3, -0.45, -0.6] as const

/** What a lending unit is worth after one move of every price in it that is not a stablecoin's; USD. */
export interface OutlookRow {
  /** Fraction, −0.1 = down 10 %. */
  readonly move: number
  /** `null` without debt. */
  readonly healthFactor: number | null
  /** E and W of the margin rule, each ≥ 0. */
  readonly equity: number
  readonly movable: number
  readonly badDebt: number
  /** What the protocol's own rules would leave the owner, and what it would leave unpaid. The margin rule is never better for the owner. */
  readonly forecastEquity: number
  readonly forecastBadDebt: number
}

/**
 * Every lending unit under falling prices, by id; empty for a unit whose debt has no usable price. Mark and oracle move together, stablecoins
 * stay. E and W count stablecoins owed at par at least; the forecast takes prices as they are.
 *
 * @param rules of the deployed protocol version, by unit; default the newest.
 */
export function unitOutlooks(
  { units, parameters }: Portfolio,
  rules: ReadonlyMap<string, ForecastOptions> = new Map(),
): ReadonlyMap<string, readonly OutlookRow[]> {
  return new Map(
    units.map((unit): [string, readonly OutlookRow[]] => [
      unit.id,
      unit.unusable === null
        ? OUTLOOK_MOVES.map((move) => outlookAt(unit, move, parameters.lending, rules.get(unit.id) ?? {}))
        : [],
    ]),
  )
}

function outlookAt(
  unit: ResolvedLendingUnit,
  move: number,
  policy: Portfolio['parameters']['lending'],
  options: ForecastOptions,
): OutlookRow {
  const value = evaluateLendingUnit(unit, policy, moved(unit, creditPrices(unit), move))
  const forecast = forecastLiquidation(unit, options, moved(unit, unitPrices(unit), move))
  return {
    move,
    healthFactor: value.healthFactor === null ? null : Math.min(Number.MAX_VALUE, value.healthFactor),
    equity: value.equity,
    movable: value.movable,
    badDebt: value.badDebt,
    forecastEquity: forecast.equity,
    forecastBadDebt: forecast.badDebt,
  }
}

function moved(unit: ResolvedLendingUnit, { oracle, mark }: UnitPrices, move: number): UnitPrices {
  const legs = [...unit.collateral, ...unit.debt]
  const after = (price: number, leg: number) => (legs[leg]!.class.family === 'stable' ? price : price * (1 + move))
  return { oracle: Array.from(oracle, after), mark: Array.from(mark, after) }
}
