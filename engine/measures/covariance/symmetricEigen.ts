import { checkSymmetric } from './checkSymmetric'

export interface Eigen {
  /** Ascending. */
  readonly values: readonly number[]
  /** `vectors[k]` belongs to `values[k]`; orthonormal. */
  readonly vectors: readonly Float64Array[]
}

/** Cyclic Jacobi converges quadratically: a dozen sweeps do for any size met here. */
const MAX_SWEEPS = 60

/**
 * Eigenvalues and eigenvectors of a symmetric matrix by the cyclic Jacobi method (Golub and Van Loan, Matrix Computations, §8.5): one fixed
 * order of operations, hence the same bits everywhere.
 *
 * @throws TooFewObservationsError, DimensionMismatchError, BadTypeError, OutOfRangeError for an asymmetric matrix
 */
export function symmetricEigen(matrix: readonly ArrayLike<number>[]): Eigen {
  checkSymmetric('/matrix', matrix)
  const size = matrix.length
  const a = matrix.map((row) => Float64Array.from(row))
  const vectors = a.map((_, i) => Float64Array.from({ length: size }, (_, j) => (i === j ? 1 : 0)))
  for (let sweep = 0; sweep < MAX_SWEEPS; sweep += 1) {
    let rotated = false
    for (let p = 0; p < size - 1; p += 1) {
      for (let q = p + 1; q < size; q += 1) rotated = rotate(a, vectors, p, q) || rotated
    }
    if (!rotated) break
  }
  const order = a.map((_, i) => i).sort((i, j) => a[i]![i]! - a[j]![j]! || i - j)
  return { values: order.map((i) => a[i]![i]!), vectors: order.map((i) => vectors[i]!) }
}

/** Zeroes a[p][q] by a rotation; false when it is already negligible beside its diagonal. */
function rotate(a: Float64Array[], vectors: Float64Array[], p: number, q: number): boolean {
  const off = a[p]![q]!
  const diagonal = Math.abs(a[p]![p]!) + Math.abs(a[q]![q]!)
  if (diagonal + Math.abs(off) === diagonal) return false
  const theta = (a[q]![q]! - a[p]![p]!) / (2 * off)
  const tangent = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1))
  const cosine = 1 / Math.sqrt(tangent * tangent + 1)
  const sine = tangent * cosine
  for (let k = 0; k < a.length; k += 1) {
    const kp = a[k]![p]!
    const kq = a[k]![q]!
    a[k]![p] = cosine * kp - sine * kq
    a[k]![q] = sine * kp + cosine * kq
  }
  for (let k = 0; k < a.length; k += 1) {
    const pk = a[p]![k]!
    const qk = a[q]![k]!
    a[p]![k] = cosine * pk - sine * qk
    a[q]![k] = sine * pk + cosine * qk
  }
  for (let k = 0; k < a.length; k += 1) {
    const vp = vectors[p]![k]!
    const vq = vectors[q]![k]!
    vectors[p]![k] = cosine * vp - sine * vq
    vectors[q]![k] = sine * vp + cosine * vq
  }
  return true
}
