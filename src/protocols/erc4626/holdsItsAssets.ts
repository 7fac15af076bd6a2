import type { ResolvedVault } from './types'

/** Whether transfers of its asset, donations among them, say what the vault has itself; a receipt's balance grows without any. */
export function holdsItsAssets({ shape, market }: Pick<ResolvedVault, 'shape' | 'market'>): boolean {
  return (shape === 'standard' || shape === 'solmate' || shape === 'vaultV2') && market === null
}
