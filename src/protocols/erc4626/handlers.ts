/** ERC-4626 vaults that hold their assets themselves: shares by their transfers, total assets by transfers of the asset. */
import { type Address, zeroAddress } from 'viem'
import { erc20Abi } from '../../../abis/erc20'
import { erc4626VaultAbi } from '../../../abis/erc4626/vault'
import { transferBalance } from '../../positions/transferBalance'
import { changeVault, changeVaultState } from '../../positions/write'
import { writeToken } from '../../positions/writeToken'
import type { Facts } from '../../runtime/facts'
import { indexer } from '../../runtime/indexer'
import { onEvent } from '../../runtime/onEvent'
import { onSetup } from '../../runtime/onSetup'

const vaults = indexer.resolved.erc4626
const assetOf = new Map(vaults.map(({ vault, asset }) => [vault, asset]))
const empty = { totalAssets: 0n, totalSupply: 0n, status: 'ok' }

async function addAssets(facts: Facts, vault: Address, asset: Address, amount: bigint): Promise<void> {
  // The filter knows assets and vaults, not which belong together.
  if (assetOf.get(vault) !== asset) return
  await changeVaultState(facts, { vault }, empty, ({ totalAssets }) => ({ totalAssets: totalAssets + amount }))
}

async function addShares(facts: Facts, vault: Address, shares: bigint): Promise<void> {
  await changeVaultState(facts, { vault }, empty, ({ totalSupply }) => ({ totalSupply: totalSupply + shares }))
}

export const erc4626Handlers = [
  onSetup('Erc4626Vault', async (facts) => {
    for (const { vault, asset, symbol, decimals, assetSymbol, assetDecimals, shape, curator, before } of vaults) {
      await writeToken(facts, vault, { symbol, decimals })
      await writeToken(facts, asset, { symbol: assetSymbol, decimals: assetDecimals })
      const values = { asset, offset: decimals - assetDecimals, shape, curator }
      await changeVault(facts, { vault }, values, () => values)
      const state = { totalAssets: BigInt(before.totalAssets), totalSupply: BigInt(before.totalSupply), status: 'ok' }
      await changeVaultState(facts, { vault }, state, () => state)
    }
  }),
  onEvent('Erc4626Vault', erc4626VaultAbi, 'Transfer', async (facts, { args, address }) => {
    await transferBalance(facts, { protocol: 'erc4626', market: address, side: 'supply' }, args)
    if (args.from === zeroAddress) await addShares(facts, address, args.value)
    if (args.to === zeroAddress) await addShares(facts, address, -args.value)
  }),
  onEvent('Erc4626AssetIn', erc20Abi, 'Transfer', (facts, { args, address }) =>
    addAssets(facts, args.to, address, args.value),
  ),
  onEvent('Erc4626AssetOut', erc20Abi, 'Transfer', (facts, { args, address }) =>
    addAssets(facts, args.from, address, -args.value),
  ),
]
