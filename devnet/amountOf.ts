import { type AssetSymbol, assets } from './assets'

/**
 * Token units worth `usd` dollars, rounded down.
 * @param price dollars with 8 decimals.
 */
export function amountOf(asset: AssetSymbol, usd: number, price: bigint): bigint {
  return (BigInt(Math.round(usd * 1e8)) * 10n ** BigInt(assets[asset].decimals)) / price
}
