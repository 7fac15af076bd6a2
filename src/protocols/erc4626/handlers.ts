/** ERC-4626 vaults: shares by their transfers, total assets by transfers of the asset, and a regular look at the vault's own views. */
import { type Address, zeroAddress } from 'viem'
import { erc20Abi } from '../../../abis/erc20'
import { erc4626VaultAbi as abi } from '../../../abis/erc4626/vault'
import { vaultState } from '../../../ponder.schema'
import { transferBalance } from '../../positions/transferBalance'
import { changeVault, changeVaultState } from '../../positions/write'
import { writeToken } from '../../positions/writeToken'
import { askMany } from '../../runtime/askMany'
import { balanceBefore } from '../../runtime/balanceBefore'
import type { Facts } from '../../runtime/facts'
import { indexer } from '../../runtime/indexer'
import { onBlock } from '../../runtime/onBlock'
import { onEvent } from '../../runtime/onEvent'
import { onSetup } from '../../runtime/onSetup'
import type { Read } from '../../runtime/read'
import { type VaultTotals, vaultStatus } from './transitions'
import type { ResolvedVault } from './types'

const { vaults } = indexer.resolved.erc4626
const assetOf = new Map(vaults.map(({ vault, asset }) => [vault, asset]))
const older = new Set(vaults.filter(({ isOlder }) => isOlder).map(({ vault }) => vault))
const empty = { totalAssets: 0n, totalSupply: 0n, status: 'ok' }

async function addAssets(facts: Facts, vault: Address, asset: Address, amount: bigint): Promise<void> {
  // The filter knows assets and vaults, not which belong together.
  if (assetOf.get(vault) !== asset) return
  await changeVaultState(facts, { vault }, empty, ({ totalAssets }) => ({ totalAssets: totalAssets + amount }))
}

async function addShares(facts: Facts, vault: Address, shares: bigint): Promise<void> {
  await changeVaultState(facts, { vault }, empty, ({ totalSupply }) => ({ totalSupply: totalSupply + shares }))
}

async function writeVault(facts: Facts, resolved: ResolvedVault): Promise<void> {
  const { vault, asset, symbol, decimals, assetSymbol, assetDecimals, shape, curator, market, before } = resolved
  await writeToken(facts, vault, { symbol, decimals })
  await writeToken(facts, asset, { symbol: assetSymbol, decimals: assetDecimals })
  const values = { asset, offset: decimals - assetDecimals, shape, curator, market }
  await changeVault(facts, { vault }, values, () => values)
  const state = { totalAssets: BigInt(before.totalAssets), totalSupply: BigInt(before.totalSupply), status: 'ok' }
  await changeVaultState(facts, { vault }, state, () => state)
}

type Totals = VaultTotals & { readonly status: string }

/** A vault that stops behaving as its shape says is marked, and no longer valued, until it behaves again. */
async function checkVaults(facts: Facts): Promise<void> {
  const { store, stamp, views } = facts
  const states = await Promise.all(
    vaults.map(async ({ vault }) => (await store.find(vaultState, { chainId: stamp.chainId, vault })) as Totals | null),
  )
  const reads = vaults.flatMap(({ vault: address }, index): Read[] => [
    { address, abi, functionName: 'totalAssets' },
    { address, abi, functionName: 'convertToAssets', args: [states[index]?.totalSupply ?? 0n] },
  ])
  const answers = (await askMany(views, indexer.resolved.multicall3, reads)) as (bigint | null)[]
  for (const [index, { vault, shape, decimals, assetDecimals, startBlock }] of vaults.entries()) {
    const state = states[index]
    if (!state || stamp.blockNumber < BigInt(startBlock)) continue
    const seen = { totalAssets: answers[2 * index] ?? null, value: answers[2 * index + 1] ?? null }
    const status = vaultStatus(shape, decimals - assetDecimals, state, seen)
    if (status !== state.status) await changeVaultState(facts, { vault }, empty, () => ({ status }))
  }
}

export const erc4626Handlers = [
  onSetup('Erc4626Vault', async (facts) => {
    for (const resolved of vaults) await writeVault(facts, resolved)
  }),
  onEvent('Erc4626Vault', abi, 'Transfer', async (facts, { args, address }) => {
    const opening = older.has(address) ? balanceBefore(facts, address) : null
    await transferBalance(facts, { protocol: 'erc4626', market: address, side: 'supply' }, args, opening)
    if (args.from === zeroAddress) await addShares(facts, address, args.value)
    if (args.to === zeroAddress) await addShares(facts, address, -args.value)
  }),
  onEvent('Erc4626AssetIn', erc20Abi, 'Transfer', (facts, { args, address }) =>
    addAssets(facts, args.to, address, args.value),
  ),
  onEvent('Erc4626AssetOut', erc20Abi, 'Transfer', (facts, { args, address }) =>
    addAssets(facts, args.from, address, -args.value),
  ),
  onBlock('Erc4626Check', checkVaults),
]
