/** Shares by their transfers, and total assets by transfers of the asset. */
import { type Address, zeroAddress } from 'viem'
import { erc20Abi } from '../../../../abis/erc20'
import { erc4626VaultAbi as abi } from '../../../../abis/erc4626/vault'
import { transferBalance } from '../../../positions/transferBalance'
import { changeVaultState } from '../../../positions/write'
import { balanceOf } from '../../../runtime/balanceOf'
import type { Facts } from '../../../runtime/facts'
import { onEvent } from '../../../runtime/onEvent'
import { emptyState, vaultAt } from './vaults'

async function addAssets(facts: Facts, vault: Address, asset: Address, amount: bigint): Promise<void> {
  // The filter knows assets and vaults, not which belong together.
  if (vaultAt(vault)?.asset !== asset) return
  await changeVaultState(facts, { vault }, emptyState, ({ totalAssets }) => ({ totalAssets: totalAssets + amount }))
}

async function addShares(facts: Facts, vault: Address, shares: bigint): Promise<void> {
  await changeVaultState(facts, { vault }, emptyState, ({ totalSupply }) => ({ totalSupply: totalSupply + shares }))
}

export const totalsHandlers = [
  onEvent('Erc4626Vault', abi, 'Transfer', async (facts, { args, address }) => {
    const { isOlder, startBlock } = vaultAt(address)!
    const older = isOlder ? { startBlock, balanceOf: balanceOf(address) } : null
    await transferBalance(facts, { protocol: 'erc4626', market: address, side: 'supply' }, args, older)
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
