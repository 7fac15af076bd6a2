import { OutOfRangeError } from '../../errors'
import { checkFraction, checkLength } from '../checks'
import { checkSymmetric } from './checkSymmetric'
import { isPositiveSemiDefinite } from './isPositiveSemiDefinite'
import { symmetricEigen } from './symmetricEigen'

export interface RepairedCorrelation {
  /** Positive semi-definite, unit diagonal, entries in [0,1], every pair at least max(0, given, floor). */
  readonly correlation: readonly (readonly number[])[]
  /** w of the blend (1 − w)R + w·11ᵀ; 0 when no floor binds, 1 when every group moves as one. */
  readonly weight: number
  /** The given matrix was not positive semi-definite and was projected first. */
  readonly projected: boolean
}

/**
 * Makes a correlation matrix fit for √(ΣΣ ρᵢⱼLᵢLⱼ) with losses L ≥ 0, never against the venue: a matrix that is not positive semi-definite
 * is projected (negative eigenvalues to 0, diagonal rescaled to 1); then the smallest w is taken with which (1 − w)R + w·11ᵀ has
 * every pair at or above its floor, zero, and what was given. Raising single pairs instead would break semi-definiteness; the blend of
 * two semi-definite matrices cannot.
 *
 * @param matrix symmetric, unit diagonal, entries in [−1,1]; may be empty: nothing correlates with nothing
 * @param floors symmetric, entries in [0,1]; the diagonal is not read. Default none
 * @throws OutOfRangeError, DimensionMismatchError, BadTypeError, TooFewObservationsError
 */
export function repairCorrelation(
  matrix: readonly ArrayLike<number>[],
  floors?: readonly ArrayLike<number>[],
): RepairedCorrelation {
  if (matrix.length === 0) return { correlation: [], weight: 0, projected: false }
  checkCorrelation(matrix)
  if (floors !== undefined) checkFloors(floors, matrix.length)
  const projected = !isPositiveSemiDefinite(matrix)
  const base = projected ? projection(matrix) : matrix.map((row) => Array.from(row))

  let weight = 0
  for (let i = 0; i < base.length; i += 1) {
    for (let j = 0; j < i; j += 1) {
      const target = Math.max(0, matrix[i]![j]!, floors?.[i]?.[j] ?? 0)
      const given = base[i]![j]!
      if (target > given) weight = Math.max(weight, (target - given) / (1 - given))
    }
  }
  const correlation = base.map((row, i) => row.map((x, j) => (i === j ? 1 : Math.min(1, x + weight * (1 - x)))))
  return { correlation, weight, projected }
}

function checkCorrelation(matrix: readonly ArrayLike<number>[]): void {
  checkSymmetric('/correlation', matrix)
  matrix.forEach((row, i) => {
    for (let j = 0; j < row.length; j += 1) {
      const pointer = `/correlation/${i}/${j}`
      if (i === j && row[j] !== 1) throw new OutOfRangeError(pointer, 'of 1 on the diagonal')
      if (Math.abs(row[j]!) > 1) throw new OutOfRangeError(pointer, 'from −1 to 1')
    }
  })
}

function checkFloors(floors: readonly ArrayLike<number>[], size: number): void {
  checkLength('/floors', floors, size)
  checkSymmetric('/floors', floors)
  floors.forEach((row, i) => {
    for (let j = 0; j < i; j += 1) checkFraction(`/floors/${i}/${j}`, row[j]!)
  })
}

/** Negative eigenvalues to zero, then back to a unit diagonal (Rebonato and Jäckel 1999). */
function projection(matrix: readonly ArrayLike<number>[]): number[][] {
  const { values, vectors } = symmetricEigen(matrix)
  const raised = matrix.map((_, i) =>
    matrix.map((_, j) =>
      values.reduce((sum, value, k) => sum + Math.max(0, value) * (vectors[k]![i]! * vectors[k]![j]!), 0),
    ),
  )
  return raised.map((row, i) => row.map((x, j) => (i === j ? 1 : x / Math.sqrt(raised[i]![i]! * raised[j]![j]!))))
}
