import { OutOfRangeError } from '../../errors'
import { checkLength, checkNotNegativeSeries, checkOpenFraction, checkSeries } from '../checks'

/** Share of the total weight below which a difference of weights is rounding: 0.1·10 observations is one, not 0.9999999999999998. */
const ROUNDING = 1e-12

/** Observations from the worst on with their weights, as `valueAtRisk`, `expectedShortfall` and `tailWeights` reduce them. */
export interface Tail {
  /** Indices of the observations, worst first; ties by weight, then by index. */
  readonly order: readonly number[]
  readonly weights: ArrayLike<number>
  /** Weight of the tail, (1 − level) of the total. */
  readonly mass: number
  /** Loss at the quantile; negative for a gain. */
  readonly quantile: number
}

/**
 * The loss l = inf{x : P(L ≤ x) ≥ level}, L = −P&L: the lower inverse of the distribution function, without interpolation.
 *
 * @param pnl gain positive, at least one observation
 * @param level confidence in (0,1), e.g. 0.975
 * @param weights ≥ 0, not all 0, any scale; default equal
 * @throws TooFewObservationsError, BadTypeError, OutOfRangeError, DimensionMismatchError
 */
export function lossQuantile(pnl: ArrayLike<number>, level: number, weights?: ArrayLike<number>): Tail {
  checkSeries('/pnl', pnl, 1)
  checkOpenFraction('/level', level)
  const mass = checkedWeights(weights, pnl.length)
  const used = weights ?? new Float64Array(pnl.length).fill(1)
  const order = Array.from(used, (_, i) => i)
    .filter((i) => used[i]! > 0)
    .sort((i, j) => pnl[i]! - pnl[j]! || used[i]! - used[j]! || i - j)

  const tail = (1 - level) * mass
  let taken = 0
  const position = order.findIndex((i) => {
    taken += used[i]!
    return taken - tail > ROUNDING * mass
  })
  // A level within rounding of 0 has every observation in its tail.
  const at = order.at(position)!
  return { order, weights: used, mass: tail, quantile: -pnl[at]! }
}

/** Sum of the weights after checking each. */
function checkedWeights(weights: ArrayLike<number> | undefined, count: number): number {
  if (weights === undefined) return count
  checkLength('/weights', weights, count)
  checkNotNegativeSeries('/weights', weights, count)
  let total = 0
  for (let i = 0; i < count; i += 1) total += weights[i]!
  if (total === 0) throw new OutOfRangeError('/weights', 'above 0 in at least one element')
  return total
}
