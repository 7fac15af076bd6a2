import type { ResolvedVault } from './types'

/** Whether transfers of its asset, donations among them, say what the vault has; a receipt's balance grows without any. */
export function holdsItsAssets({ shape, market }: Pick<ResolvedVault, 'shape' | 'market'>): boolean {
  return (shape === 'standard' || shape === 'solmate') && market === null
}
