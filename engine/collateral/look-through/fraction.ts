import { powerOfTwo } from '../../math/bits'

/**
 * An exact non-negative quantity in smallest token units, reduced, denominator > 0. Look-through multiplies shares of
 * shares; rounding at every level would lose units at every level, so nothing is rounded until a figure is printed.
 */
export interface Fraction {
  readonly numerator: bigint
  readonly denominator: bigint
}

/** numerator ÷ denominator, reduced; the denominator must be > 0. */
export function fraction(numerator: bigint, denominator = 1n): Fraction {
  const divisor = greatestCommonDivisor(numerator, denominator)
  return { numerator: numerator / divisor, denominator: denominator / divisor }
}

/** The exact product, reduced. */
export function multiply(one: Fraction, other: Fraction): Fraction {
  return fraction(one.numerator * other.numerator, one.denominator * other.denominator)
}

/** The exact sum, reduced. */
export function add(one: Fraction, other: Fraction): Fraction {
  return fraction(
    one.numerator * other.denominator + other.numerator * one.denominator,
    one.denominator * other.denominator,
  )
}

/** Whole units, rounded down: what an asset is counted as. */
export function floorFraction({ numerator, denominator }: Fraction): bigint {
  return numerator / denominator
}

/** Whole units, rounded up: what a debt is counted as. */
export function ceilFraction({ numerator, denominator }: Fraction): bigint {
  return (numerator + denominator - 1n) / denominator
}

/** The nearest float64, ties to even; for values up to 2¹⁰²³. */
export function fractionToNumber({ numerator, denominator }: Fraction): number {
  if (numerator === 0n) return 0
  // Scaled so that the quotient has at least 66 bits; its last bit then only has to say "and something more".
  const shift = Math.max(0, 66 + bitLength(denominator) - bitLength(numerator))
  const scaled = numerator << BigInt(shift)
  const quotient = scaled / denominator
  const sticky = quotient * denominator === scaled ? quotient : quotient | 1n
  let value = Number(sticky)
  let remaining = shift
  for (; remaining > 1000; remaining -= 1000) value *= powerOfTwo(-1000)
  return value * powerOfTwo(-remaining)
}

function greatestCommonDivisor(one: bigint, other: bigint): bigint {
  let [left, right] = [one, other]
  while (right !== 0n) [left, right] = [right, left % right]
  return left
}

function bitLength(value: bigint): number {
  return value.toString(2).length
}
