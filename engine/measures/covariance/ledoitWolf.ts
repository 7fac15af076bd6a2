import { centredColumns, sampleCovariance } from './sampleCovariance'

export interface ShrunkCovariance {
  /** Weight of the target, in [0,1]. */
  readonly shrinkage: number
  readonly covariance: readonly (readonly number[])[]
}

/**
 * Covariance shrunk towards μI, μ the mean variance, by the weight that minimises the expected squared error: (1 − δ)S + δμI (Ledoit and Wolf,
 * "A well-conditioned estimator for large-dimensional covariance matrices", 2004). S has divisor n.
 *
 * @param rows one observation per row, one factor per column
 * @throws TooFewObservationsError, DimensionMismatchError, BadTypeError as `sampleCovariance`
 */
export function ledoitWolf(rows: readonly ArrayLike<number>[]): ShrunkCovariance {
  const sample = sampleCovariance(rows)
  const columns = centredColumns(rows)
  const factors = sample.length
  const mean = sample.reduce((sum, row, i) => sum + row[i]!, 0) / factors

  let dispersion = 0
  let noise = 0
  for (let i = 0; i < factors; i += 1) {
    for (let j = 0; j < factors; j += 1) {
      const covariance = sample[i]![j]!
      const distance = covariance - (i === j ? mean : 0)
      dispersion += distance * distance
      let fourth = 0
      for (let t = 0; t < rows.length; t += 1) {
        const deviation = columns[i]![t]! * columns[j]![t]! - covariance
        fourth += deviation * deviation
      }
      noise += fourth / rows.length / rows.length
    }
  }
  // No dispersion: S is the target already (one factor, or equal variances and no covariance).
  const shrinkage = dispersion === 0 ? 0 : Math.min(1, noise / dispersion)
  return {
    shrinkage,
    covariance: sample.map((row, i) => row.map((x, j) => (1 - shrinkage) * x + (i === j ? shrinkage * mean : 0))),
  }
}
