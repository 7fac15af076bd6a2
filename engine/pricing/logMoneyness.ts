import { log } from '../math/log'

/** ln(forward ÷ strike) of two positive float64; from two logarithms where the quotient leaves the range of float64. */
export function logMoneyness(forward: number, strike: number): number {
  const ratio = forward / strike
  return ratio > 0 && ratio < Infinity ? log(ratio) : log(forward) - log(strike)
}
