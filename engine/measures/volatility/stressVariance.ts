import { checkInteger, checkReturnSeries } from '../checks'

/**
 * Mean squared return of the worst `window` consecutive intervals of the series (of the whole series when it is shorter).
 *
 * @returns variance per interval, ≥ 0
 * @throws TooFewObservationsError for an empty series, BadTypeError, OutOfRangeError for a window below 1
 */
export function stressVariance(returns: ArrayLike<number>, window: number): number {
  checkReturnSeries('/returns', returns, 1)
  checkInteger('/window', window, 1)
  const length = Math.min(window, returns.length)
  let worst = 0
  for (let end = length; end <= returns.length; end += 1) {
    // Summed afresh: a running sum would carry a crash's rounding error into calm windows.
    let sum = 0
    for (let t = end - length; t < end; t += 1) sum += returns[t]! * returns[t]!
    worst = Math.max(worst, sum / length)
  }
  return worst
}
