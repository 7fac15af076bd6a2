import { lossQuantile } from './lossQuantile'

/**
 * Value at risk: the loss that is not exceeded with probability `level`, by the lower inverse of the empirical distribution of losses (no
 * interpolation), floored at 0.
 *
 * @param pnl P&L of the outcomes, gain positive, in any order
 * @param level confidence in (0,1), e.g. 0.99
 * @param weights of the outcomes, ≥ 0, any scale; default equal
 * @returns loss ≥ 0 in the unit of `pnl`
 * @throws TooFewObservationsError, BadTypeError, OutOfRangeError, DimensionMismatchError
 * @example valueAtRisk([-3, -2, -1, 4], 0.75) // 2: three of four outcomes lose 2 or less
 */
export function valueAtRisk(pnl: ArrayLike<number>, level: number, weights?: ArrayLike<number>): number {
  return Math.max(0, lossQuantile(pnl, level, weights).quantile)
}
