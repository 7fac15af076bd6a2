import { log } from '../../math/log'
import { checkLength, checkPositive, checkReturnSeries } from '../checks'

const LOG_TWO_PI = 1.8378770664093453

/**
 * Σ −½(ln 2π + ln σ²ₜ + r²ₜ/σ²ₜ): log-likelihood of zero-mean normal returns with the given variances.
 *
 * @param variance at least as long as `returns`; a forecast beyond the last return is not used
 * @throws TooFewObservationsError, BadTypeError, OutOfRangeError for a variance that is not positive, DimensionMismatchError
 */
export function gaussianLogLikelihood(returns: ArrayLike<number>, variance: ArrayLike<number>): number {
  checkReturnSeries('/returns', returns, 1)
  if (variance.length !== returns.length + 1) checkLength('/variance', variance, returns.length)
  let sum = 0
  for (let t = 0; t < returns.length; t += 1) {
    checkPositive(`/variance/${t}`, variance[t]!)
    sum += LOG_TWO_PI + log(variance[t]!) + (returns[t]! * returns[t]!) / variance[t]!
  }
  return -sum / 2
}
