import { MissingMarketDataError } from '../errors'
import { agedWeights } from '../measures/tail/agedWeights'
import { flooredMoves } from '../measures/tail/flooredMoves'
import type { JointRule, ResolvedHistory } from '../types'
import type { Factor, Factors } from './factors'
import { emptyShocks, type Shocks } from './shocks'

/** Returns to use for a factor: its own series, its group's, else one of the same class, else of the same family. */
function seriesFor(factor: Factor, factors: Factors, history: ResolvedHistory): Float64Array | null {
  const { returns } = history
  const own = returns.get(factor.asset) ?? returns.get(factor.riskGroup)
  if (own !== undefined) return own
  const alike = (same: (other: Factor) => boolean) =>
    factors.list.find((other) => same(other) && returns.has(other.asset))?.asset
  const proxy =
    alike((other) => other.className === factor.className) ??
    alike((other) => other.class.family === factor.class.family)
  return proxy === undefined ? null : (returns.get(proxy) as Float64Array)
}

function moved(series: Float64Array, method: JointRule['method']): Float64Array {
  // A total loss has no logarithm, so a series that holds one cannot be filtered and stays as it was.
  if (method !== 'filtered' || series.includes(-1)) return series
  return flooredMoves([series])[0] as Float64Array
}

/**
 * Past joint moves of every factor, equally weighted, aged, or rescaled to today's volatility. A stablecoin without history stands
 * still; any other asset without one, and without one like it, is an error: a risk that is not measured is not zero.
 */
export function historyShocks(history: ResolvedHistory, factors: Factors, rule: JointRule): Shocks {
  const ids = Array.from({ length: history.length }, (_, index) => `history:${index}`)
  const weights =
    rule.method === 'weighted'
      ? agedWeights(history.length, rule.decay)
      : new Float64Array(history.length).fill(1 / history.length)
  const shocks = emptyShocks(ids, factors.list.length, weights)
  factors.list.forEach((factor, row) => {
    const series = seriesFor(factor, factors, history)
    if (series === null) {
      if (factor.class.family === 'stable' || !factors.used.has(row)) return
      throw new MissingMarketDataError(
        '/marketData/history/returns',
        `returns of ${factor.asset} or of an asset like it`,
      )
    }
    const moves = moved(series, rule.method)
    const vols = history.volMoves.get(factor.asset) ?? history.volMoves.get(factor.riskGroup)
    for (let index = 0; index < history.length; index += 1) {
      shocks.price[row * history.length + index] = 1 + (moves[index] as number)
      shocks.vol[row * history.length + index] = vols?.[index] ?? 0
    }
  })
  return shocks
}
