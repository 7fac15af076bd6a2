import { OutOfRangeError } from '../../errors'
import { checkFinite, checkLength } from '../checks'
import { TooFewObservationsError } from '../errors'

const ASYMMETRY = 1e-12

/**
 * Throws unless the matrix is square, finite and symmetric (to 1e-12 of its larger element).
 *
 * @throws TooFewObservationsError for no rows, DimensionMismatchError, BadTypeError, OutOfRangeError naming the element
 */
export function checkSymmetric(pointer: string, matrix: readonly ArrayLike<number>[]): void {
  if (matrix.length === 0) throw new TooFewObservationsError(pointer, 0, 1)
  matrix.forEach((row, i) => {
    checkLength(`${pointer}/${i}`, row, matrix.length)
    for (let j = 0; j < row.length; j += 1) {
      checkFinite(`${pointer}/${i}/${j}`, row[j])
      const mirror = matrix[j]![i]!
      if (j < i && Math.abs(row[j]! - mirror) > ASYMMETRY * Math.max(Math.abs(row[j]!), Math.abs(mirror)))
        throw new OutOfRangeError(`${pointer}/${i}/${j}`, `equal to ${mirror} as at ${pointer}/${j}/${i}`)
    }
  })
}
