import type { Decimal } from '../decimal'

/** Digits after the point of a price read from a pool: enough for the cheapest token. */
const priceDecimals = 24

/**
 * Price of one whole token of a pool in whole units of the other.
 * @param sqrtPrice √(token1 ÷ token0) in raw units, 64.96 fixed point.
 * @param decimals of the token that is priced and of the one it is priced in.
 * @param isFirst whether the priced token is the pool's first.
 */
export function poolPrice(
  sqrtPrice: bigint,
  decimals: { readonly base: number; readonly quote: number },
  isFirst: boolean,
  rounding: 'down' | 'up',
): Decimal {
  const square = sqrtPrice * sqrtPrice
  const scale = 10n ** BigInt(priceDecimals + decimals.base)
  const quoteUnit = 10n ** BigInt(decimals.quote)
  const [numerator, denominator] = isFirst ? [square * scale, quoteUnit << 192n] : [scale << 192n, square * quoteUnit]
  const value = rounding === 'down' ? numerator / denominator : (numerator + denominator - 1n) / denominator
  return { value, decimals: priceDecimals }
}
