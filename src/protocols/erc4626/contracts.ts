import { erc20Abi } from '../../../abis/erc20'
import { erc4626VaultAbi } from '../../../abis/erc4626/vault'
import type { Sources } from '../protocol'
import type { ResolvedErc4626 } from './types'

/** Transfers of the shares, and of the assets into and out of the vaults: donations change the share price and emit nothing else. */
export function erc4626Sources({ vaults, checkFrom, checkEvery }: ResolvedErc4626): Sources {
  if (vaults.length === 0) return {}
  const startBlock = Math.min(...vaults.map((vault) => vault.startBlock))
  const addresses = vaults.map(({ vault }) => vault)
  const asset = { abi: erc20Abi, address: [...new Set(vaults.map((vault) => vault.asset))], startBlock }
  return {
    contracts: {
      Erc4626Vault: { abi: erc4626VaultAbi, address: addresses, startBlock },
      // Ponder keeps one filter per event of a contract, so in and out are two.
      Erc4626AssetIn: { ...asset, filter: { event: 'Transfer', args: { to: addresses } } },
      Erc4626AssetOut: { ...asset, filter: { event: 'Transfer', args: { from: addresses } } },
    },
    blocks: { Erc4626Check: { interval: checkEvery, startBlock: checkFrom } },
  }
}
