import { black76 } from './black76'

/**
 * Value of a European option in USD per unit: discount × Black-76; once expired, its intrinsic value at `forward` (then
 * the settlement price), which is no longer discounted.
 *
 * Linear and inverse options have the same USD value: at expiry the inverse one pays max(0, ±(S − K)) ÷ S coins, and a
 * coin is then worth S. Only the currency of premium and payment differs, see `inverseOptionValue`.
 */
export function optionValue(
  isCall: boolean,
  forward: number,
  strike: number,
  vol: number,
  timeToExpiry: number,
  discount: number,
): number {
  const value = black76(isCall, forward, strike, vol, timeToExpiry)
  return timeToExpiry > 0 ? discount * value : value
}
