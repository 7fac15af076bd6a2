import { comparedVaults } from '../truth/comparedVaults'
import type { AccountTruth, ChainTruth } from '../truth/types'
import type { SimulatedContracts } from '../types'
import type { Comparison } from './Comparison'
import { sumOf } from './sumOf'
import type { ChainFactsBody, CollateralRow } from './wire'

type Contracts = Pick<SimulatedContracts, 'vaults' | 'moreVaults'>

/** An account's shares of every vault and what they convert to, the redemptions it has requested, and its staked ether. */
export function compareShares(
  comparison: Comparison,
  account: AccountTruth,
  contracts: Contracts,
  rows: readonly CollateralRow[],
): void {
  const of = (protocol: string, market: string) =>
    rows.filter((row) => row.protocol === protocol && row.market.toLowerCase() === market.toLowerCase())
  for (const [name, { address }] of Object.entries(comparedVaults(contracts))) {
    const shares = of('erc4626', address)
    comparison.expect(`vault ${name} shares`, account.vaultShares[name], sumOf(shares, 'shares'))
    comparison.expect(`vault ${name} assets`, account.vaultAssets[name], sumOf(shares, 'amount'))
  }
  if (contracts.moreVaults === null) return
  const { async, rebasing } = contracts.moreVaults
  const requests = of('erc7540', async.address)
  comparison.expect('shares requested', account.requested, sumOf(requests, 'shares'))
  comparison.expect('assets requested', account.requestedAssets, sumOf(requests, 'amount'))
  comparison.expect('staked ether', account.staked, sumOf(of('wallet', rebasing.address), 'amount'))
}

/** What these hold is a balance that transfers say; that of the others is computed from somebody else's books. */
const keepsItsAssets = (name: string) => ['usdcVault', 'plainUsdc', 'async'].includes(name)

/** The totals behind the vaults that an answer's facts name: none may have fallen back to what it once said itself. */
export function compareVaultTotals(
  comparison: Comparison,
  { vaults, vaultV2 }: ChainTruth,
  contracts: Contracts,
  { vaultStates, vaultPositions = [] }: ChainFactsBody,
): void {
  for (const [name, { address }] of Object.entries(comparedVaults(contracts))) {
    const state = vaultStates.find(({ vault }) => vault === address.toLowerCase())
    if (state === undefined) continue
    comparison.expect(`vault ${name} status`, 'ok', state.status)
    comparison.expect(`vault ${name} total supply`, vaults[name]!.totalSupply, state.totalSupply)
    if (keepsItsAssets(name))
      comparison.expect(`vault ${name} total assets`, vaults[name]!.totalAssets, state.totalAssets)
  }
  if (vaultV2 === null) return
  const state = vaultStates.find(({ vault }) => vault === vaultV2.address.toLowerCase())
  if (state === undefined) return
  comparison.expect('Vault V2 last total', vaultV2.lastTotalAssets, state.lastTotalAssets)
  comparison.expect('Vault V2 accrued at', vaultV2.accruedAt, state.accruedAt)
  comparison.expect('Vault V2 idle', vaultV2.idle, state.totalAssets)
  for (const { adapter, of, shares } of vaultV2.held) {
    const held = vaultPositions.find(
      ({ account, market }) => account === adapter.toLowerCase() && market === of.toLowerCase(),
    )
    comparison.expect(`Vault V2 adapter ${adapter} in ${of}`, shares, held?.raw ?? '0')
  }
}
