import { BadTypeError, OutOfRangeError } from '../errors'
import { DimensionMismatchError, TooFewObservationsError } from './errors'

/** Sums of so large numbers stay finite; nothing that is money or a price comes near. */
export const LARGEST = 1e300

/** Fourth powers of returns, which shrinkage needs, stay finite below this. */
export const LARGEST_RETURN = 1e75

/** Throws BadTypeError unless the value is a finite number, OutOfRangeError when sums or powers of it could overflow. */
export function checkFinite(pointer: string, value: unknown, largest = LARGEST): void {
  if (!Number.isFinite(value)) throw new BadTypeError(pointer, `a finite number instead of ${String(value)}`)
  if (Math.abs(value as number) > largest) throw new OutOfRangeError(pointer, `of at most ${largest} in size`)
}

/** Throws TooFewObservationsError or, pointing at the element, BadTypeError or OutOfRangeError. */
export function checkSeries(pointer: string, series: ArrayLike<number>, atLeast: number, largest = LARGEST): void {
  if (series.length < atLeast) throw new TooFewObservationsError(pointer, series.length, atLeast)
  for (let t = 0; t < series.length; t += 1) {
    // Only a bad element pays for its pointer. The negation catches NaN.
    if (!(Math.abs(series[t]!) <= largest)) checkFinite(`${pointer}/${t}`, series[t], largest)
  }
}

/** As checkSeries, and throws OutOfRangeError for an element below 0. */
export function checkNotNegativeSeries(pointer: string, series: ArrayLike<number>, atLeast: number): void {
  checkSeries(pointer, series, atLeast)
  for (let t = 0; t < series.length; t += 1) {
    if (series[t]! < 0) throw new OutOfRangeError(`${pointer}/${t}`, 'of at least 0')
  }
}

/** Throws as checkSeries unless squares and fourth powers of the returns stay finite. */
export function checkReturnSeries(pointer: string, series: ArrayLike<number>, atLeast: number): void {
  checkSeries(pointer, series, atLeast, LARGEST_RETURN)
}

/** Throws DimensionMismatchError unless the series has the expected length. */
export function checkLength(pointer: string, series: ArrayLike<unknown>, expected: number): void {
  if (series.length !== expected) throw new DimensionMismatchError(pointer, series.length, expected)
}

/** Throws unless 0 < value < 1. */
export function checkOpenFraction(pointer: string, value: number): void {
  checkFinite(pointer, value)
  if (value <= 0 || value >= 1) throw new OutOfRangeError(pointer, 'above 0 and below 1')
}

/** Throws unless 0 ≤ value ≤ 1. */
export function checkFraction(pointer: string, value: number): void {
  checkFinite(pointer, value)
  if (value < 0 || value > 1) throw new OutOfRangeError(pointer, 'from 0 to 1')
}

/** Throws unless value ≥ 0. */
export function checkNotNegative(pointer: string, value: number): void {
  checkFinite(pointer, value)
  if (value < 0) throw new OutOfRangeError(pointer, 'of at least 0')
}

/** Throws unless value > 0. */
export function checkPositive(pointer: string, value: number): void {
  checkFinite(pointer, value)
  if (value <= 0) throw new OutOfRangeError(pointer, 'above 0')
}

/** Throws unless the value is an integer from atLeast to atMost. */
export function checkInteger(pointer: string, value: number, atLeast: number, atMost = LARGEST): void {
  checkFinite(pointer, value, atMost)
  if (!Number.isInteger(value) || value < atLeast)
    throw new OutOfRangeError(pointer, `that is an integer of at least ${atLeast}`)
}
