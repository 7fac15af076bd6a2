/**
 * Fixed-point arithmetic in rays (27 decimals), as Aave computes it. Unsigned operands only. The direction of the rounding is part of
 * every name; `HalfUp` rounds a remainder of exactly one half upwards.
 */
export const RAY = 10n ** 27n

/** floor(a · b / 10^27) */
export function mulRayDown(a: bigint, b: bigint): bigint {
  return (a * b) / RAY
}

/** ceil(a · b / 10^27) */
export function mulRayUp(a: bigint, b: bigint): bigint {
  return divUp(a * b, RAY)
}

/** a · b / 10^27, remainders of one half and more rounded up. */
export function mulRayHalfUp(a: bigint, b: bigint): bigint {
  return (a * b + RAY / 2n) / RAY
}

/** floor(a · 10^27 / b) */
export function divRayDown(a: bigint, b: bigint): bigint {
  return (a * RAY) / b
}

/** ceil(a · 10^27 / b) */
export function divRayUp(a: bigint, b: bigint): bigint {
  return divUp(a * RAY, b)
}

/** a · 10^27 / b, rounded by adding floor(b / 2) before the division. */
export function divRayHalfUp(a: bigint, b: bigint): bigint {
  return (a * RAY + b / 2n) / b
}

function divUp(numerator: bigint, denominator: bigint): bigint {
  return (numerator + denominator - 1n) / denominator
}
