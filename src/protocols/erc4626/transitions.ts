/** What a vault's own views must say, given the facts. Pure. */
import type { VaultShape } from './types'

export type VaultTotals = { readonly totalAssets: bigint; readonly totalSupply: bigint }

/**
 * The vault's `convertToAssets(shares)`, rounded down; null for shapes whose price does not follow from the totals.
 * @param offset decimals of the shares beyond those of the asset.
 */
export function convertToAssets(
  shape: VaultShape,
  offset: number,
  { totalAssets, totalSupply }: VaultTotals,
  shares: bigint,
): bigint | null {
  switch (shape) {
    case 'standard':
      return (shares * (totalAssets + 1n)) / (totalSupply + 10n ** BigInt(offset))
    case 'solmate':
      return totalSupply === 0n ? shares : (shares * totalAssets) / totalSupply
    case 'stata':
    case 'metaMorpho':
    case 'vaultV2':
    case 'erc7540':
      return null
  }
}

/** `ok`, or why the vault cannot be valued from its totals. */
export function vaultStatus(
  shape: VaultShape,
  offset: number,
  facts: VaultTotals,
  views: { readonly totalAssets: bigint | null; readonly value: bigint | null },
): string {
  if (shape === 'stata') return 'ok'
  const expected = convertToAssets(shape, offset, facts, facts.totalSupply)
  if (expected === null) return `vaults of shape ${shape} are not supported yet`
  if (views.totalAssets === null || views.value === null) return 'totalAssets() or convertToAssets() reverts'
  if (views.totalAssets !== facts.totalAssets) return 'totalAssets() is not what the vault holds of its asset'
  if (views.value !== expected) return `convertToAssets() is not that of a ${shape} vault`
  return 'ok'
}
