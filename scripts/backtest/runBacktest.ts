import { acerbiSzekely, type ShortfallTest } from '../../engine/measures/backtest/acerbiSzekely'
import { baselMultiplier } from '../../engine/measures/backtest/baselMultiplier'
import { christoffersen } from '../../engine/measures/backtest/christoffersen'
import { kupiec } from '../../engine/measures/backtest/kupiec'
import { trafficLight, type Zone } from '../../engine/measures/backtest/trafficLight'
import { expectedShortfall } from '../../engine/measures/tail/expectedShortfall'
import { valueAtRisk } from '../../engine/measures/tail/valueAtRisk'
import type { Method } from './methods'

/** Long 60 % in the first and 40 % in the second asset, rebalanced daily. */
const HOLDINGS = [0.6, 0.4] as const
export const WINDOW = 500
const YEAR = 250
const MONTH = 30
const VAR_LEVEL = 0.99
const ES_LEVEL = 0.975
/** A test rejects below this. */
export const SIGNIFICANCE = 0.01

export interface Backtest {
  readonly days: number
  /** Days on which the loss exceeded the 99 % VaR. */
  readonly exceptions: number
  readonly coverage: number
  readonly independence: number
  readonly shortfall: ShortfallTest
  /** Most exceptions in any 250 consecutive days, with their zone and multiplier. */
  readonly worstYear: { readonly exceptions: number; readonly zone: Zone; readonly multiplier: number }
  /** Mean ES as a fraction of the portfolio: what the method costs. */
  readonly meanShortfall: number
  /** Largest rise of ES within 30 days, as a factor: how procyclical the method is. */
  readonly largestRise: number
  readonly breaches: readonly Breach[]
}

export type Breach = 'coverage' | 'clustering' | 'shortfall' | 'red year'

/** Forecasts every day from the window before it, and holds the forecasts against what happened. */
export function runBacktest(returns: readonly Float64Array[], method: Method): Backtest {
  const days = returns[0]!.length - WINDOW
  const pnl = new Float64Array(days)
  const extreme = new Float64Array(days)
  const quantile = new Float64Array(days)
  const shortfall = new Float64Array(days)
  for (let day = 0; day < days; day += 1) {
    const { moves, weights } = method.outcomes(returns.map((series) => series.subarray(day, day + WINDOW)))
    const outcomes = Float64Array.from({ length: moves[0]!.length }, (_, row) => value(moves, row))
    extreme[day] = valueAtRisk(outcomes, VAR_LEVEL, weights)
    quantile[day] = valueAtRisk(outcomes, ES_LEVEL, weights)
    shortfall[day] = expectedShortfall(outcomes, ES_LEVEL, weights)
    pnl[day] = value(returns, day + WINDOW)
  }
  return judge(pnl, extreme, quantile, shortfall)
}

function value(moves: readonly ArrayLike<number>[], row: number): number {
  return HOLDINGS.reduce((sum, share, asset) => sum + share * moves[asset]![row]!, 0)
}

/** Applies the acceptance rule to P&L and the forecasts made for it, all ≥ 0: VaR 99 %, VaR 97.5 % and ES 97.5 %. */
export function judge(
  pnl: Float64Array,
  extreme: Float64Array,
  quantile: Float64Array,
  forecastShortfall: Float64Array,
): Backtest {
  const days = pnl.length
  const hits = Array.from(pnl, (gain, day) => -gain > extreme[day]!)
  const exceptions = hits.filter(Boolean).length
  const coverage = kupiec(days, exceptions, 1 - VAR_LEVEL).pValue
  const independence = christoffersen(hits, 1 - VAR_LEVEL).independence.pValue
  const shortfall = acerbiSzekely({ pnl, valueAtRisk: quantile, expectedShortfall: forecastShortfall }, ES_LEVEL)
  const mostInAYear = largest(hits, (day) => hits.slice(day, day + YEAR).filter(Boolean).length)
  const zone = trafficLight(YEAR, mostInAYear).zone

  const breaches: Breach[] = []
  if (coverage < SIGNIFICANCE && exceptions > days * (1 - VAR_LEVEL)) breaches.push('coverage')
  if (independence < SIGNIFICANCE) breaches.push('clustering')
  if (shortfall.rejected) breaches.push('shortfall')
  if (zone === 'red') breaches.push('red year')
  return {
    days,
    exceptions,
    coverage,
    independence,
    shortfall,
    worstYear: { exceptions: mostInAYear, zone, multiplier: baselMultiplier(mostInAYear) },
    meanShortfall: forecastShortfall.reduce((sum, x) => sum + x, 0) / days,
    largestRise: largest(forecastShortfall, (day) => riseWithinMonth(forecastShortfall, day)),
    breaches,
  }
}

/** Largest forecast of the next 30 days relative to today's. */
function riseWithinMonth(forecasts: Float64Array, day: number): number {
  return forecasts.subarray(day + 1, day + 1 + MONTH).reduce((a, b) => Math.max(a, b), 0) / forecasts[day]!
}

function largest(days: ArrayLike<unknown>, measure: (day: number) => number): number {
  let result = 0
  for (let day = 0; day < days.length; day += 1) result = Math.max(result, measure(day))
  return result
}
