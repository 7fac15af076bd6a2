import { checkInteger } from '../checks'
import { checkReturns } from './checkReturns'

/**
 * Joint past moves over a horizon of several intervals: overlapping windows, returns compounded. Historical simulation revalues the portfolio
 * in each of them; row t of every asset is the same window, so dependence is kept as it was.
 *
 * @param returns `[asset][interval]`, simple returns ≥ −1, oldest first, all of one length
 * @param intervals length of the horizon, ≥ 1
 * @returns `[asset][window]`, simple moves ≥ −1, length − intervals + 1 of them
 * @throws TooFewObservationsError when a series is shorter than the horizon, DimensionMismatchError, BadTypeError, OutOfRangeError
 */
export function historicalMoves(returns: readonly ArrayLike<number>[], intervals = 1): Float64Array[] {
  checkInteger('/intervals', intervals, 1)
  const windows = checkReturns(returns, intervals) - intervals + 1
  return returns.map((series) =>
    Float64Array.from({ length: windows }, (_, start) => {
      if (intervals === 1) return series[start]!
      let growth = 1
      for (let t = start; t < start + intervals; t += 1) growth = Math.min(Number.MAX_VALUE, growth * (1 + series[t]!))
      return growth - 1
    }),
  )
}
