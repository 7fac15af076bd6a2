import { normalCdf } from '../math/normalCdf'
import { logMoneyness } from './logMoneyness'

/**
 * Undiscounted Black-76 value of the out-of-the-money option at this strike (the call when K ≥ F, else the put): the
 * time value of both, in [0, min(F, K)]. `deviation` = σ√t > 0; forward and strike > 0.
 *
 * d₁,₂ = ln(F/K)/σ√t ± σ√t/2, each formed on its own so that an infinite deviation gives (∞, −∞) and not NaN.
 */
export function outOfTheMoneyValue(forward: number, strike: number, deviation: number): number {
  const distance = logMoneyness(forward, strike) / deviation
  const half = 0.5 * deviation
  const sign = strike >= forward ? 1 : -1
  const value = forward * normalCdf(sign * (distance + half)) - strike * normalCdf(sign * (distance - half))
  return Math.max(0, sign * value)
}
