import { checkPositive } from '../checks'
import { checkSymmetric } from './checkSymmetric'

/**
 * ρᵢⱼ = cᵢⱼ / √(cᵢᵢcⱼⱼ), clamped to [−1,1] against rounding, diagonal exactly 1.
 *
 * @throws OutOfRangeError for a variance that is not positive (a constant series has no correlation) or an asymmetric matrix,
 * DimensionMismatchError, BadTypeError, TooFewObservationsError
 */
export function correlationFromCovariance(covariance: readonly ArrayLike<number>[]): number[][] {
  checkSymmetric('/covariance', covariance)
  const deviations = covariance.map((row, i) => {
    checkPositive(`/covariance/${i}/${i}`, row[i]!)
    return Math.sqrt(row[i]!)
  })
  return covariance.map((row, i) =>
    deviations.map((deviation, j) => (i === j ? 1 : Math.max(-1, Math.min(1, row[j]! / deviations[i]! / deviation)))),
  )
}
