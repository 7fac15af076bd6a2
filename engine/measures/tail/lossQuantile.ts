import { OutOfRangeError } from '../../errors'
import { checkLength, checkNotNegativeSeries, checkOpenFraction, checkSeries } from '../checks'

/** Share of the total weight below which a difference of weights is rounding: 0.1·10 observations is one, not 0.9999999999999998. */
const ROUNDING = 1e-12

/** The tail of a distribution of P&L, as `valueAtRisk`, `expectedShortfall` and `tailWeights` reduce it. */
export interface Tail {
  /** Loss at the quantile; negative for a gain. */
  readonly quantile: number
  /** Indices of the observations that lose the quantile or more, worst first; ties by weight, then by index. */
  readonly order: readonly number[]
  /** Weight of the tail, (1 − level) of the total, and of one observation in the same scale. */
  readonly mass: number
  readonly weightOf: (observation: number) => number
}

/**
 * The loss l = inf{x : P(L ≤ x) ≥ level}, L = −P&L: the lower inverse of the distribution function, without interpolation.
 *
 * @param pnl gain positive, at least one observation
 * @param level confidence in (0,1), e.g. 0.975
 * @param weights ≥ 0, not all 0, any scale; default equal, which is several times faster
 * @throws TooFewObservationsError, BadTypeError, OutOfRangeError, DimensionMismatchError
 */
export function lossQuantile(pnl: ArrayLike<number>, level: number, weights?: ArrayLike<number>): Tail {
  checkSeries('/pnl', pnl, 1)
  checkOpenFraction('/level', level)
  const weightOf = weights === undefined ? () => 1 : (i: number) => weights[i]!
  const total = weights === undefined ? pnl.length : sumOf(weights, pnl.length)
  const mass = (1 - level) * total
  const worst = weights === undefined ? equalQuantile(pnl, mass) : weightedQuantile(pnl, weights, mass, total)
  const order: number[] = []
  for (let i = 0; i < pnl.length; i += 1) if (pnl[i]! <= worst && weightOf(i) > 0) order.push(i)
  order.sort((i, j) => pnl[i]! - pnl[j]! || weightOf(i) - weightOf(j) || i - j)
  return { quantile: -worst, order, mass, weightOf }
}

function equalQuantile(pnl: ArrayLike<number>, mass: number): number {
  const ascending = Float64Array.from(pnl).sort()
  // A level within rounding of 0 has every observation in its tail.
  return ascending[Math.min(pnl.length - 1, Math.floor(mass + ROUNDING * pnl.length))]!
}

function weightedQuantile(pnl: ArrayLike<number>, weights: ArrayLike<number>, mass: number, total: number): number {
  const ascending = Array.from(pnl, (_, i) => i)
    .filter((i) => weights[i]! > 0)
    .sort((i, j) => pnl[i]! - pnl[j]!)
  let taken = 0
  const position = ascending.findIndex((i) => {
    taken += weights[i]!
    return taken - mass > ROUNDING * total
  })
  // Not found (−1): a level within rounding of 0, whose tail is everything.
  return pnl[ascending.at(position)!]!
}

function sumOf(weights: ArrayLike<number>, count: number): number {
  checkLength('/weights', weights, count)
  checkNotNegativeSeries('/weights', weights, count)
  let total = 0
  for (let i = 0; i < count; i += 1) total += weights[i]!
  if (total === 0) throw new OutOfRangeError('/weights', 'above 0 in at least one element')
  return total
}
