const q96 = 2n ** 96n

/** The largest integer whose square is at most `value`. */
export function integerSquareRoot(value: bigint): bigint {
  if (value < 2n) return value
  let root = 1n << BigInt(Math.ceil(value.toString(2).length / 2))
  for (;;) {
    const next = (root + value / root) / 2n
    if (next >= root) return root
    root = next
  }
}

/** √(amount1 ÷ amount0) as 64.96 fixed point: a pool's price at which `amount0` of its first token is worth `amount1` of its second. */
export function sqrtPriceOf(amount0: bigint, amount1: bigint): bigint {
  return integerSquareRoot((amount1 * q96 * q96) / amount0)
}
