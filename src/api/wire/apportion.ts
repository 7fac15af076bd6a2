/**
 * Splits `total` over rows in proportion to `weights`, exactly: the parts sum to the total and none exceeds its `limit`.
 * Σ limits must be at least the total. What rounding leaves over goes to the first rows with room.
 */
export function apportion(total: bigint, weights: readonly bigint[], limits: readonly bigint[]): readonly bigint[] {
  const sum = weights.reduce((left, right) => left + right, 0n)
  const parts = weights.map((weight, index) => lower(sum === 0n ? 0n : (total * weight) / sum, limits[index]!))
  let rest = total - parts.reduce((left, right) => left + right, 0n)
  return parts.map((part, index) => {
    const extra = lower(rest, limits[index]! - part)
    rest -= extra
    return part + extra
  })
}

function lower(a: bigint, b: bigint): bigint {
  return a < b ? a : b
}
