import { powerOfTwo } from './bits'

const LOG2_E = Math.LOG2E
/** ln 2 in two parts; the upper one ends in 21 zero bits, so its product with the exponent is exact. */
const LN2_HIGH = 0.6931471803691238
const LN2_LOW = 1.9082149292705877e-10
/** Beyond these the result is 0 or Infinity whatever the argument; clamping keeps the exponent in range. */
const LOWEST = -746
const HIGHEST = 710

/**
 * e^(x + tail) where `tail` is a correction far smaller than x, e.g. the rounding error of a product.
 *
 * x + tail = n·ln 2 + r with |r| ≤ ½ ln 2, then e^r = 1 + r + r²·P(r) with P the Chebyshev expansion of degree 10 (own
 * fit, truncation 2e-19). The power of two is applied in two factors, so that results below the normal range round once.
 * Within 1 ulp. Only + − ×, floor and bit patterns: the same bits on every machine.
 */
export function expOfSum(x: number, tail: number): number {
  const clamped = x < LOWEST ? LOWEST : Math.min(x, HIGHEST)
  const n = Math.floor(clamped * LOG2_E + 0.5)
  const upper = clamped - n * LN2_HIGH
  const lower = n * LN2_LOW - tail
  const r = upper - lower

  let p = 2.091813816945801e-9
  p = p * r + 2.5105217695684516e-8
  p = p * r + 2.7557263277791584e-7
  p = p * r + 2.755725539833871e-6
  p = p * r + 2.4801587336443602e-5
  p = p * r + 0.00019841269874822307
  p = p * r + 0.0013888888888879073
  p = p * r + 0.008333333333326134
  p = p * r + 0.04166666666666668
  p = p * r + 0.1666666666666667
  p = p * r + 0.5

  const mantissa = 1 + (upper - (lower - r * r * p))
  const half = n >> 1
  return mantissa * powerOfTwo(half) * powerOfTwo(n - half)
}

/** e^x within 1 ulp for every float64: 0 below −745.13, Infinity above 709.78, NaN for NaN. Never `Math.exp`. */
export function exp(x: number): number {
  return expOfSum(x, 0)
}
