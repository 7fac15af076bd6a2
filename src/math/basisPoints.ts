/** value · basisPoints / 10 000, remainders of one half and more rounded up. */
export function mulBasisPointsHalfUp(value: bigint, basisPoints: bigint): bigint {
  return (value * basisPoints + 5_000n) / 10_000n
}
