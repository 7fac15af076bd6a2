import { normalCdf } from '../math/normalCdf'
import { normalPdf } from '../math/normalPdf'
import { black76 } from './black76'
import { discountFactor } from './discountFactor'
import { logMoneyness } from './logMoneyness'
import type { Greeks, OptionState } from './types'

const DAYS_PER_YEAR = 365

/**
 * Analytic Greeks of one option in USD per unit; the same for linear and inverse (premium paid is not part of them).
 *
 * With D = e^(−rt) and the forward F in proportion to spot S: delta = D·Φ(d₁)·F/S (a put −D·Φ(−d₁)·F/S),
 * gamma = D·φ(d₁)/(F·σ√t)·(F/S)², vega = D·F·φ(d₁)·√t, theta = (r·V − D·F·φ(d₁)·σ/(2√t)) ÷ 365 at a constant forward.
 * The rate must be ≥ 0. Without time or volatility the value is its intrinsic: delta is D·F/S in the money, half of it exactly at the money;
 * theta is then only r·V. Where float64 would overflow the largest finite number is given.
 */
export function optionGreeks(option: OptionState): Greeks {
  const { isCall, forward, strike, vol, timeToExpiry, rate, spot } = option
  const discount = discountFactor(rate, timeToExpiry)
  const carry = spot > 0 ? bounded(forward / spot) : 1
  const rootTime = Math.sqrt(Math.max(0, timeToExpiry))
  const deviation = vol * rootTime
  const value = discount * black76(isCall, forward, strike, vol, timeToExpiry)
  const interest = timeToExpiry > 0 ? rate * value : 0

  if (!(deviation > 0 && forward > 0 && strike > 0)) {
    const share = forward === strike ? 0.5 : forward > strike === isCall ? 1 : 0
    return {
      delta: bounded((isCall ? share : -share) * discount * carry),
      gamma: 0,
      vega: 0,
      theta: bounded(interest / DAYS_PER_YEAR),
    }
  }

  const d1 = logMoneyness(forward, strike) / deviation + 0.5 * deviation
  const density = normalPdf(d1)
  const weight = isCall ? normalCdf(d1) : -normalCdf(-d1)
  // A vanished density makes these 0; the other factors may then be infinite.
  const vega = density === 0 ? 0 : discount * forward * density * rootTime
  const gamma = density === 0 ? 0 : ((discount * density * carry) / deviation) * (carry / forward)
  const decay = vega === 0 ? 0 : (vega * vol) / (2 * timeToExpiry)
  return {
    delta: bounded(discount * weight * carry),
    gamma: bounded(gamma),
    vega: bounded(vega),
    theta: bounded((interest - decay) / DAYS_PER_YEAR),
  }
}

function bounded(value: number): number {
  return Math.min(Number.MAX_VALUE, Math.max(-Number.MAX_VALUE, value))
}
