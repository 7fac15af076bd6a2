import { checkLength, checkNotNegativeSeries, checkOpenFraction, checkPositive, checkSeries } from '../checks'

export interface ShortfallTest {
  /** Z₂: expected 0 when ES is right, negative when it is too low. */
  readonly statistic: number
  /** Below it ES is rejected at 5 %. */
  readonly critical: number
  readonly rejected: boolean
}

export interface ShortfallForecasts {
  /** P&L of each day, gain positive. */
  readonly pnl: ArrayLike<number>
  /** VaR and ES forecast for that day before it, losses: ≥ 0 and > 0. */
  readonly valueAtRisk: ArrayLike<number>
  readonly expectedShortfall: ArrayLike<number>
}

/** Critical value published for 250 days at 97.5 %, nearly the same for every tail from normal to Student with 3 degrees of freedom. */
const CRITICAL = -0.7
const CRITICAL_DAYS = 250

/**
 * Back-test of expected shortfall by the unconditional statistic of Acerbi and Székely (2014),
 * Z₂ = 1 + Σ XₜIₜ / (T(1 − level)·ESₜ), X the P&L and I = 1 where −X > VaR. Too many exceptions and too deep ones both lower it. The critical
 * value is scaled with 1/√T from the published one, since Z₂ is a mean over days.
 *
 * @param level confidence of both forecasts in (0,1); the critical value is published for 0.975
 * @throws TooFewObservationsError, DimensionMismatchError, BadTypeError, OutOfRangeError
 */
export function acerbiSzekely(
  { pnl, valueAtRisk, expectedShortfall }: ShortfallForecasts,
  level = 0.975,
): ShortfallTest {
  checkSeries('/pnl', pnl, 1)
  checkOpenFraction('/level', level)
  checkLength('/valueAtRisk', valueAtRisk, pnl.length)
  checkNotNegativeSeries('/valueAtRisk', valueAtRisk, pnl.length)
  checkLength('/expectedShortfall', expectedShortfall, pnl.length)
  let sum = 0
  for (let t = 0; t < pnl.length; t += 1) {
    checkPositive(`/expectedShortfall/${t}`, expectedShortfall[t]!)
    if (-pnl[t]! > valueAtRisk[t]!) sum += pnl[t]! / expectedShortfall[t]!
  }
  const statistic = 1 + sum / (pnl.length * (1 - level))
  const critical = CRITICAL * Math.sqrt(CRITICAL_DAYS / pnl.length)
  return { statistic, critical, rejected: statistic < critical }
}
