import { OutOfRangeError } from '../../errors'
import { checkNotNegative, checkReturnSeries } from '../checks'
import { backcastVariance } from './backcastVariance'

export interface GarchParameters {
  /** Constant, in returns squared per interval, ≥ 0. */
  readonly omega: number
  /** Weight of the last squared return, ≥ 0. */
  readonly alpha: number
  /** Weight of the last variance, ≥ 0. */
  readonly beta: number
}

/**
 * Variances of GARCH(1,1), σ²ₜ = ω + αr²ₜ₋₁ + βσ²ₜ₋₁ (Bollerslev 1986). Before the first return both terms stand at the backcast,
 * so σ²₀ = ω + (α + β)·backcast, unless `initial` gives σ²₀ itself.
 *
 * @param returns oldest first, zero mean assumed
 * @returns one element more than `returns`; the last one is the forecast for the interval to come
 * @throws TooFewObservationsError for an empty series, BadTypeError, OutOfRangeError for a negative parameter or α + β > 1
 */
export function garchVariance(
  returns: ArrayLike<number>,
  parameters: GarchParameters,
  start: { readonly initial?: number; readonly backcast?: number } = {},
): Float64Array {
  checkReturnSeries('/returns', returns, 1)
  const { omega, alpha, beta } = parameters
  checkNotNegative('/omega', omega)
  checkNotNegative('/alpha', alpha)
  checkNotNegative('/beta', beta)
  if (alpha + beta > 1) throw new OutOfRangeError('/beta', 'of at most 1 − alpha')
  const backcast = start.backcast ?? backcastVariance(returns)
  const initial = start.initial ?? omega + (alpha + beta) * backcast
  checkNotNegative('/initial', initial)

  const variance = new Float64Array(returns.length + 1)
  variance[0] = initial
  for (let t = 0; t < returns.length; t += 1) {
    variance[t + 1] = omega + alpha * returns[t]! * returns[t]! + beta * variance[t]!
  }
  return variance
}
