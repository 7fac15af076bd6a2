import { withoutLowWord } from './bits'
import { expOfSum } from './exp'
import { log } from './log'

/** Beyond ±this the exponential has left the range of float64; also keeps the error term below finite. */
const LIMIT = 800

/**
 * x^y for x ≥ 0 as e^(y·ln x); NaN for x < 0. Relative error about |y·ln x|·1.2e-16: the product's own rounding error is
 * carried along, that of the logarithm is not. 0^y is 0, 1 or Infinity by the sign of y. Never `Math.pow`.
 */
export function pow(x: number, y: number): number {
  if (y === 0 || x === 1) return 1
  const logarithm = log(x)
  const product = y * logarithm
  if (!(product > -LIMIT && product < LIMIT)) return expOfSum(product, 0)
  return expOfSum(product, productError(y, logarithm, product))
}

/** a·b − fl(a·b), by splitting both factors into halves whose products are exact. */
function productError(a: number, b: number, product: number): number {
  const aHigh = withoutLowWord(a)
  const bHigh = withoutLowWord(b)
  const aLow = a - aHigh
  const bLow = b - bHigh
  return aHigh * bHigh - product + aHigh * bLow + aLow * bHigh + aLow * bLow
}
