import type { Mark, PriceBook } from '../priceBook'

/** The same prices, each looked up once: a book asks for the same few a million times. */
export function rememberPrices(prices: PriceBook): PriceBook {
  const known = new Map<string, Mark | null>()
  const remember = <T extends Mark | null>(key: string, look: () => T): T => {
    if (!known.has(key)) known.set(key, look())
    return known.get(key) as T
  }
  return {
    poolsOf: prices.poolsOf,
    markOf: (asset, chain, side = 'held') =>
      remember(`${asset} ${chain} ${side}`, () => prices.markOf(asset, chain, side)),
    oracleMark: (asset, chain, protocol, feed) =>
      remember(`${asset} ${chain} ${protocol} ${feed}`, () => prices.oracleMark(asset, chain, protocol, feed)),
  }
}
