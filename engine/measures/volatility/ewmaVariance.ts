import { checkNotNegative, checkOpenFraction, checkReturnSeries } from '../checks'
import { backcastVariance } from './backcastVariance'

export interface EwmaOptions {
  /** Weight of yesterday's variance, in (0,1): 0.94 fast, 0.97 slow. */
  readonly lambda: number
  /** Variance of the first interval; default the backcast of the series. */
  readonly initial?: number
}

/**
 * Exponentially weighted variance, σ²ₜ = λσ²ₜ₋₁ + (1 − λ)r²ₜ₋₁ (RiskMetrics 1996).
 *
 * @param returns oldest first, zero mean assumed
 * @returns one element more than `returns`: element t is the variance of interval t as known before it, the last one is
 * the forecast for the interval to come. Unit: that of the returns squared, per interval
 * @throws TooFewObservationsError for an empty series, BadTypeError, OutOfRangeError
 */
export function ewmaVariance(returns: ArrayLike<number>, { lambda, initial }: EwmaOptions): Float64Array {
  checkReturnSeries('/returns', returns, 1)
  checkOpenFraction('/lambda', lambda)
  if (initial !== undefined) checkNotNegative('/initial', initial)
  const variance = new Float64Array(returns.length + 1)
  variance[0] = initial ?? backcastVariance(returns)
  for (let t = 0; t < returns.length; t += 1) {
    variance[t + 1] = lambda * variance[t]! + (1 - lambda) * returns[t]! * returns[t]!
  }
  return variance
}
