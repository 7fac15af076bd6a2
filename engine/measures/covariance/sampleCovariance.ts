import { checkLength, checkReturnSeries } from '../checks'
import { TooFewObservationsError } from '../errors'

/**
 * Covariance of the columns with divisor n (the maximum likelihood or "biased" form).
 *
 * @param rows one observation per row, one factor per column
 * @returns symmetric matrix, factors × factors, in returns squared
 * @throws TooFewObservationsError for no rows or no columns, DimensionMismatchError for a ragged row, BadTypeError
 */
export function sampleCovariance(rows: readonly ArrayLike<number>[]): number[][] {
  const centred = centredColumns(rows)
  return centred.map((a) => centred.map((b) => a.reduce((sum, x, t) => sum + x * b[t]!, 0) / rows.length))
}

/**
 * The columns of a table of observations, each less its mean.
 *
 * @throws as {@link sampleCovariance}
 */
export function centredColumns(rows: readonly ArrayLike<number>[]): Float64Array[] {
  const first = rows[0]
  if (first === undefined) throw new TooFewObservationsError('/rows', 0, 1)
  rows.forEach((row, t) => {
    checkLength(`/rows/${t}`, row, first.length)
    checkReturnSeries(`/rows/${t}`, row, 1)
  })
  return Array.from({ length: first.length }, (_, column) => {
    const values = Float64Array.from(rows, (row) => row[column]!)
    const mean = values.reduce((sum, x) => sum + x, 0) / values.length
    return values.map((x) => x - mean)
  })
}
