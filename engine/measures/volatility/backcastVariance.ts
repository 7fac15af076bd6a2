import { checkOpenFraction, checkReturnSeries } from '../checks'

const DECAY = 0.94
const LONGEST = 75

/**
 * Variance with which a recursion starts: the mean of the first (at most 75) squared returns with weights decay^t, as the
 * `arch` package does. The earliest returns weigh most because it stands for the variance just before the first one.
 *
 * @param returns oldest first, zero mean assumed; the unit squared is the unit of the result
 * @throws TooFewObservationsError for an empty series, BadTypeError, OutOfRangeError unless 0 < decay < 1
 */
export function backcastVariance(returns: ArrayLike<number>, decay = DECAY): number {
  checkReturnSeries('/returns', returns, 1)
  checkOpenFraction('/decay', decay)
  let weight = 1
  let weights = 0
  let sum = 0
  for (let t = 0; t < Math.min(LONGEST, returns.length); t += 1) {
    sum += weight * returns[t]! * returns[t]!
    weights += weight
    weight *= decay
  }
  return sum / weights
}
