import { outOfTheMoneyValue } from './outOfTheMoneyValue'

/**
 * Undiscounted value of a European option on a forward (Black 1976), USD per unit:
 * call F·Φ(d₁) − K·Φ(d₂), put K·Φ(−d₂) − F·Φ(−d₁).
 *
 * Formed as intrinsic + time value, the time value from the out-of-the-money side: deep options keep their digits, no
 * value is below its intrinsic, and put-call parity holds to the last rounding. Without time, volatility, forward or
 * strike (each ≤ 0) it is the intrinsic value max(0, ±(F − K)). Finite for finite input.
 */
export function black76(isCall: boolean, forward: number, strike: number, vol: number, timeToExpiry: number): number {
  const intrinsic = Math.max(0, isCall ? forward - strike : strike - forward)
  if (!(timeToExpiry > 0 && vol > 0 && forward > 0 && strike > 0)) return intrinsic
  const deviation = vol * Math.sqrt(timeToExpiry)
  return deviation > 0 ? intrinsic + outOfTheMoneyValue(forward, strike, deviation) : intrinsic
}
