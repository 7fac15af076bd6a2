import { BadTypeError, OutOfRangeError } from '../errors'
import { DimensionMismatchError, TooFewObservationsError } from './errors'

/** Throws BadTypeError unless the value is a finite number. */
export function checkFinite(pointer: string, value: unknown): void {
  if (!Number.isFinite(value)) throw new BadTypeError(pointer, `a finite number instead of ${String(value)}`)
}

/** Throws TooFewObservationsError or, pointing at the element, BadTypeError. */
export function checkSeries(pointer: string, series: ArrayLike<number>, atLeast: number): void {
  if (series.length < atLeast) throw new TooFewObservationsError(pointer, series.length, atLeast)
  for (let t = 0; t < series.length; t += 1) checkFinite(`${pointer}/${t}`, series[t])
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

/** Throws unless the value is an integer ≥ atLeast. */
export function checkInteger(pointer: string, value: number, atLeast: number): void {
  checkFinite(pointer, value)
  if (!Number.isInteger(value) || value < atLeast)
    throw new OutOfRangeError(pointer, `that is an integer of at least ${atLeast}`)
}
