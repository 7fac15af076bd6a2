import { lossQuantile } from './lossQuantile'

/**
 * Expected shortfall: mean loss over the worst (1 − level) of the weight, the observation at the edge counting with the fraction of its
 * weight that is still missing (Acerbi and Tasche 2002), floored at 0. Computed as q + E[(L − q)⁺]/(1 − level) with q the quantile, which is
 * the same number and never below VaR by rounding; nor above the worst loss, which it is held to.
 *
 * @param pnl P&L of the outcomes, gain positive, in any order
 * @param level confidence in (0,1), e.g. 0.975
 * @param weights of the outcomes, ≥ 0, any scale; default equal
 * @returns loss ≥ `valueAtRisk` ≥ 0 in the unit of `pnl`
 * @throws TooFewObservationsError, BadTypeError, OutOfRangeError, DimensionMismatchError
 * @example expectedShortfall([-8, -2, 1, 4], 0.625) // (8 + 2·0.5)/1.5 = 6
 */
export function expectedShortfall(pnl: ArrayLike<number>, level: number, weights?: ArrayLike<number>): number {
  const { order, weightOf, mass, quantile } = lossQuantile(pnl, level, weights)
  let excess = 0
  for (const i of order) {
    excess += (weightOf(i) / mass) * (-pnl[i]! - quantile)
  }
  const worstLoss = -pnl[order[0]!]!
  return Math.max(0, Math.min(worstLoss, quantile + excess))
}
