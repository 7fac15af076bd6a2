/** The smaller of two integers, for which there is no `Math.min`. */
export function least(a: bigint, b: bigint): bigint {
  if (a < b) return a
  return b
}
