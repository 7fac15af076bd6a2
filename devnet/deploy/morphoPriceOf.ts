import { type AssetSymbol, assets } from '../assets'
import type { ByAsset } from './types'

/**
 * What a Morpho oracle would say: loan token units per collateral unit, times 10^36, rounded down.
 * @param prices dollars with 8 decimals.
 */
export function morphoPriceOf(collateral: AssetSymbol, loan: AssetSymbol, prices: ByAsset<bigint>): bigint {
  const scale = 10n ** BigInt(36 + assets[loan].decimals - assets[collateral].decimals)
  return (scale * prices[collateral]) / prices[loan]
}
