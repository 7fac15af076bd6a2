import type { MarketParametersFact, PriceFact } from '../facts'

/**
 * A market's oracle price: loan token units per collateral unit, times 10^36. `null` where there is no oracle, it refuses, or it says zero: Morpho
 * itself would then take any collateral for worthless, which is no price to value by.
 */
export function morphoPrice(
  { prices }: { readonly prices: readonly PriceFact[] },
  { priceSource }: Pick<MarketParametersFact, 'priceSource'>,
): bigint | null {
  const row = prices.find(({ feed }) => feed === priceSource)
  if (row === undefined || row.status !== 'polled' || row.answer === '0') return null
  return BigInt(row.answer)
}
