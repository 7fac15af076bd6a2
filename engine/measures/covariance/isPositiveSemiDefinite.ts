import { symmetricEigen } from './symmetricEigen'

/** An eigenvalue this far below zero, relative to the largest and per row, is rounding and not a flaw of the matrix. */
const TOLERANCE = 1e-13

/**
 * Whether no eigenvalue is negative beyond rounding.
 *
 * @throws as `symmetricEigen`
 */
export function isPositiveSemiDefinite(matrix: readonly ArrayLike<number>[]): boolean {
  const { values } = symmetricEigen(matrix)
  const largest = Math.max(Math.abs(values[0]!), Math.abs(values.at(-1)!))
  return values[0]! >= -TOLERANCE * values.length * largest
}
