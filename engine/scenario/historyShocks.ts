import { MissingMarketDataError } from '../errors'
import { agedWeights } from '../measures/tail/agedWeights'
import { flooredMoves } from '../measures/tail/flooredMoves'
import type { JointRule, ResolvedHistory, Tick } from '../types'
import type { Factor, Factors } from './factors'
import { emptyShocks, type Shocks } from './shocks'

/**
 * Returns to use for a factor: its own series, its group's, else those of an asset of the market of the same class, else of the same
 * family. What an account holds has no say: a contract moves alike for everyone.
 */
function seriesFor(factor: Factor, { assets }: Tick['market'], { returns }: ResolvedHistory): Float64Array | null {
  const own = returns.get(factor.asset) ?? returns.get(factor.riskGroup)
  if (own !== undefined) return own
  const alike = (same: (other: Factor) => boolean) =>
    [...assets.values()].find((other) => same(other) && returns.has(other.asset))?.asset
  const proxy =
    alike((other) => other.className === factor.className) ??
    alike((other) => other.class.family === factor.class.family)
  return proxy === undefined ? null : (returns.get(proxy) as Float64Array)
}

function moved(series: Float64Array, method: JointRule['method'], { memory }: Tick): Float64Array {
  // A total loss has no logarithm, so a series that holds one cannot be filtered and stays as it was.
  if (method !== 'filtered' || series.includes(-1)) return series
  const known = memory.filteredReturns.get(series)
  if (known !== undefined) return known
  const filtered = flooredMoves([series])[0] as Float64Array
  memory.filteredReturns.set(series, filtered)
  return filtered
}

/**
 * Past joint moves of every factor, equally weighted, aged, or rescaled to today's volatility. A stablecoin without history stands
 * still; any other asset without one, and without one like it, is an error: a risk that is not measured is not zero.
 */
export function historyShocks(tick: Tick, history: ResolvedHistory, factors: Factors, rule: JointRule): Shocks {
  const ids = Array.from({ length: history.length }, (_, index) => `history:${index}`)
  const weights =
    rule.method === 'weighted'
      ? agedWeights(history.length, rule.decay)
      : new Float64Array(history.length).fill(1 / history.length)
  const shocks = emptyShocks('history', ids, factors.list.length, weights)
  factors.list.forEach((factor, row) => {
    const series = seriesFor(factor, tick.market, history)
    if (series === null) {
      if (factor.class.family === 'stable' || !factors.used.has(row)) return
      throw new MissingMarketDataError(
        '/marketData/history/returns',
        `returns of ${factor.asset} or of an asset like it`,
      )
    }
    const moves = moved(series, rule.method, tick)
    const vols = history.volMoves.get(factor.asset) ?? history.volMoves.get(factor.riskGroup)
    for (let index = 0; index < history.length; index += 1) {
      shocks.price[row * history.length + index] = 1 + (moves[index] as number)
      shocks.vol[row * history.length + index] = vols?.[index] ?? 0
    }
  })
  return shocks
}
