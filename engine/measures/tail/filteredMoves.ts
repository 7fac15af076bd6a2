import { OutOfRangeError } from '../../errors'
import { exp } from '../../math/exp'
import { log } from '../../math/log'
import { checkLength, checkNotNegative, checkPositive } from '../checks'
import { ewmaVariance } from '../volatility/ewmaVariance'
import { checkFilterable } from './checkReturns'

/** exp(50·ln 10⁶) is still finite. */
const LARGEST_SCALE = 50

export interface FilterOptions {
  /** Weight of yesterday's variance in the filter; default 0.94. */
  readonly lambda?: number
  /**
   * Largest factor on a log return, > 0; default 5. A stablecoin's depeg after years of calm is thousands of its standard deviations: without a bound
   * today's volatility, which knows the depeg, would turn it into an absurd move.
   */
  readonly maxScale?: number
  /** Variance of log returns per interval which each asset's moves are scaled to; default the filter's own forecast. */
  readonly targetVariance?: ArrayLike<number>
}

/**
 * Filtered historical simulation (Hull and White 1998; Barone-Adesi, Giannopoulos and Vosper 1999): each past log return is divided by the volatility that was
 * forecast for it and multiplied by the one to be used now. Rows stay joint, so dependence is kept.
 *
 * Scaling happens in logarithms, hence no move falls below −1. While the forecast is 0 (a constant price so far) a return is left unscaled.
 *
 * @param returns `[asset][interval]`, simple returns > −1, oldest first, all of one length
 * @returns `[asset][interval]`, simple moves
 * @throws TooFewObservationsError, DimensionMismatchError, BadTypeError, OutOfRangeError
 */
export function filteredMoves(
  returns: readonly ArrayLike<number>[],
  { lambda = 0.94, targetVariance, maxScale = 5 }: FilterOptions = {},
): Float64Array[] {
  checkFilterable(returns)
  checkPositive('/maxScale', maxScale)
  if (maxScale > LARGEST_SCALE) throw new OutOfRangeError('/maxScale', `of at most ${LARGEST_SCALE}`)
  if (targetVariance !== undefined) checkLength('/targetVariance', targetVariance, returns.length)
  return returns.map((series, asset) => {
    const logs = Float64Array.from(series, (r) => log(1 + r))
    const variance = ewmaVariance(logs, { lambda })
    if (targetVariance !== undefined) checkNotNegative(`/targetVariance/${asset}`, targetVariance[asset]!)
    const target = targetVariance?.[asset] ?? variance.at(-1)!
    return logs.map((r, t) => {
      const scale = variance[t] === 0 ? 1 : Math.min(maxScale, Math.sqrt(target / variance[t]!))
      return exp(r * scale) - 1
    })
  })
}
