import { log } from '../math/log'
import { normalPdf } from '../math/normalPdf'
import { logMoneyness } from './logMoneyness'
import { outOfTheMoneyValue } from './outOfTheMoneyValue'

export type ImpliedVolReason =
  /** No time is left, or forward or strike is not positive: the price does not depend on volatility. */
  | 'NO_OPTIONALITY'
  | 'BELOW_INTRINSIC'
  /** The premium is the intrinsic value: every small enough volatility has this price. */
  | 'NO_TIME_VALUE'
  /** At or above what an infinite volatility would give (the forward for a call, the strike for a put). */
  | 'ABOVE_BOUND'
  | 'NOT_FINITE'

export type ImpliedVol =
  | { readonly kind: 'vol'; readonly vol: number }
  | { readonly kind: 'none'; readonly reason: ImpliedVolReason }

/** σ√t at which even a strike 10³⁰⁰ away from the forward is within 1e-16 of its bound. */
const WIDEST = 120
const NARROWEST = 1e-300
const MAX_ITERATIONS = 200
const TOLERANCE = 4e-16

/**
 * The volatility at which `black76` gives this premium: undiscounted, USD per unit. `none` with a reason when no
 * volatility does; never a guess.
 *
 * Solves for σ√t on the time value, in logarithms (the time value spans hundreds of decades, its logarithm is close to
 * a parabola in 1/σ√t): Newton steps inside a shrinking bracket, geometric bisection whenever a step leaves it.
 */
export function impliedVol(
  isCall: boolean,
  premium: number,
  forward: number,
  strike: number,
  timeToExpiry: number,
): ImpliedVol {
  if (![premium, forward, strike, timeToExpiry].every(Number.isFinite)) return none('NOT_FINITE')
  if (!(timeToExpiry > 0 && forward > 0 && strike > 0)) return none('NO_OPTIONALITY')
  const timeValue = premium - Math.max(0, isCall ? forward - strike : strike - forward)
  if (timeValue < 0) return none('BELOW_INTRINSIC')
  if (timeValue === 0) return none('NO_TIME_VALUE')
  if (timeValue >= Math.min(forward, strike)) return none('ABOVE_BOUND')
  return { kind: 'vol', vol: solveDeviation(timeValue, forward, strike) / Math.sqrt(timeToExpiry) }
}

function none(reason: ImpliedVolReason): ImpliedVol {
  return { kind: 'none', reason }
}

function solveDeviation(timeValue: number, forward: number, strike: number): number {
  const target = log(timeValue)
  const moneyness = logMoneyness(forward, strike)
  let low = NARROWEST
  let high = WIDEST
  // The inflection of the price in σ√t, from which Newton cannot diverge.
  let deviation = Math.max(Math.sqrt(2 * Math.abs(moneyness)), 0.1)
  for (let iteration = 0; iteration < MAX_ITERATIONS && high - low > TOLERANCE * high; iteration++) {
    const value = outOfTheMoneyValue(forward, strike, deviation)
    const gap = log(value) - target
    if (gap === 0) return deviation
    if (gap < 0) low = deviation
    else high = deviation
    const slope = (forward * normalPdf(moneyness / deviation + 0.5 * deviation)) / value
    const newton = deviation - gap / slope
    const next = newton > low && newton < high ? newton : Math.sqrt(low) * Math.sqrt(high)
    if (Math.abs(next - deviation) <= TOLERANCE * deviation) return next
    deviation = next
  }
  return deviation
}
