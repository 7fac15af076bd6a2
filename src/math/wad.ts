/**
 * Fixed-point arithmetic in wads (18 decimals), as Morpho Blue computes it. Unsigned operands only. The direction of the rounding is part
 * of every name.
 */
export const WAD = 10n ** 18n

/** floor(a · b / 10^18) */
export function mulWadDown(a: bigint, b: bigint): bigint {
  return (a * b) / WAD
}

/** floor(a · 10^18 / b) */
export function divWadDown(a: bigint, b: bigint): bigint {
  return (a * WAD) / b
}

/** floor(a · b / d) */
export function mulDivDown(a: bigint, b: bigint, d: bigint): bigint {
  return (a * b) / d
}

/** ceil(a · b / d) */
export function mulDivUp(a: bigint, b: bigint, d: bigint): bigint {
  return (a * b + d - 1n) / d
}
