import { factory } from 'ponder'
import { getAbiItem } from 'viem'
import { erc20Abi } from '../../../abis/erc20'
import { asyncVaultAbi } from '../../../abis/erc4626/asyncVault'
import { metaMorphoAbi } from '../../../abis/erc4626/metaMorpho'
import { erc4626VaultAbi } from '../../../abis/erc4626/vault'
import { vaultV2Abi, vaultV2AdapterAbi } from '../../../abis/erc4626/vaultV2'
import type { ContractSource, Sources } from '../protocol'
import { holdsItsAssets } from './holdsItsAssets'
import type { ResolvedErc4626, ResolvedVault } from './types'

const addAdapter = getAbiItem({ abi: vaultV2Abi, name: 'AddAdapter' })

/** What adapters with books of their own say of them. */
export const bookEvents = ['Allocate', 'Deallocate', 'BurnShares'] as const

/** Transfers of the shares, what each kind of vault says of itself, and the assets into and out of those vaults that keep them. */
export function erc4626Sources({ vaults, checkFrom, checkEvery }: ResolvedErc4626): Sources {
  if (vaults.length === 0) return {}
  const startBlock = Math.min(...vaults.map((vault) => vault.startBlock))
  const keepers = vaults.filter(holdsItsAssets)
  const asset = { abi: erc20Abi, address: [...new Set(keepers.map((vault) => vault.asset))], startBlock }
  const kept = addressesOf(keepers)
  const metaMorphos = addressesOf(vaults.filter(({ shape }) => shape === 'metaMorpho'))
  const asynchronous = addressesOf(vaults.filter(({ asyncRedeem }) => asyncRedeem))
  return {
    contracts: {
      Erc4626Vault: { abi: erc4626VaultAbi, address: addressesOf(vaults), startBlock },
      ...(keepers.length === 0
        ? {}
        : {
            // Ponder keeps one filter per event of a contract, so in and out are two.
            Erc4626AssetIn: { ...asset, filter: { event: 'Transfer', args: { to: kept } } },
            Erc4626AssetOut: { ...asset, filter: { event: 'Transfer', args: { from: kept } } },
          }),
      ...(metaMorphos.length === 0 ? {} : { MetaMorpho: { abi: metaMorphoAbi, address: metaMorphos, startBlock } }),
      ...vaultV2Sources(vaults.filter(({ shape }) => shape === 'vaultV2')),
      ...(asynchronous.length === 0 ? {} : { Erc7540Vault: { abi: asyncVaultAbi, address: asynchronous, startBlock } }),
    },
    blocks: { Erc4626Check: { interval: checkEvery, startBlock: checkFrom } },
  }
}

function addressesOf(vaults: readonly ResolvedVault[]) {
  return vaults.map(({ vault }) => vault)
}

/**
 * Vaults with adapters, and the adapters: those there are when the index begins, and whatever is added. One source per event, each with a factory of
 * its own, because Ponder 0.16.10 forgets what a factory with several events has found live.
 */
function vaultV2Sources(vaults: readonly ResolvedVault[]): Readonly<Record<string, ContractSource>> {
  if (vaults.length === 0) return {}
  const startBlock = Math.min(...vaults.map((vault) => vault.startBlock))
  const address = addressesOf(vaults)
  const older = vaults.flatMap(({ vaultV2 }) => vaultV2!.adapters.map((adapter) => adapter.address))
  const abi = vaultV2AdapterAbi
  const sourcesOf = (name: string, of: () => ContractSource['address']) =>
    bookEvents.map((event) => [`${name}${event}`, { abi, address: of(), startBlock }] as const)
  return {
    VaultV2: { abi: vaultV2Abi, address, startBlock },
    ...Object.fromEntries([
      ...(older.length === 0 ? [] : sourcesOf('VaultV2OlderAdapter', () => older)),
      ...sourcesOf('VaultV2Adapter', () => factory({ address, event: addAdapter, parameter: 'account', startBlock })),
    ]),
  }
}
