import type { Address } from 'viem'
import { indexer } from '../../../runtime/indexer'
import type { ResolvedVault } from '../types'

export const { vaults, checkEvery, checkFrom } = indexer.resolved.erc4626

const byAddress = new Map(vaults.map((vault) => [vault.vault, vault]))

export function vaultAt(address: Address): ResolvedVault | undefined {
  return byAddress.get(address)
}

export const emptyState = { totalAssets: 0n, totalSupply: 0n, status: 'ok' }
