import { keptIn, vaultShares } from '../../protocols/names'
import type { ChainFacts, PositionFact, VaultAllocationFact, VaultFact, VaultParametersFact } from './facts'
import { type HistoryReader, type Key, position, vaultAllocation, vaultParameters } from './history'
import { loadVaults } from './loadVaults'

/** What vaults have in markets and in other vaults, by what rules, and the markets it is in. */
export interface VaultHoldings extends Pick<ChainFacts, 'vaultParameters' | 'vaultPositions' | 'vaultAllocations'> {
  /** Those given and the ones they have shares of. */
  readonly vaults: readonly VaultFact[]
  readonly marketKeys: readonly Key[]
}

/** Loads what stands behind vaults that do not keep their assets themselves. */
export async function loadVaultHoldings(read: HistoryReader, given: readonly VaultFact[]): Promise<VaultHoldings> {
  const { vaults, parameters } = await loadParameters(read, given)
  const adapters = parameters.flatMap(
    ({ vault, adapters }) => adapters?.map((adapter) => ({ of: vault, ...adapter })) ?? [],
  )
  const lenders = adapters.filter(({ lender }) => lender !== null).map(({ address }) => address)
  const allocations =
    lenders.length === 0 ? [] : await read.ofAccounts<VaultAllocationFact>(vaultAllocation, lenders.sort())
  const byVault = new Map(vaults.map((each) => [each.vault, each]))
  const queues = new Map(parameters.map(({ vault, withdrawQueue }) => [vault, withdrawQueue]))
  const inMarkets = [
    ...vaults.flatMap((each) => {
      const markets = each.market === null ? (queues.get(each.vault) ?? []) : [each.market]
      return markets.map((market) => ({ account: each.vault, key: [keptIn(each)!, market] }))
    }),
    ...adapters.flatMap(({ of, address }) =>
      allocations
        .filter(({ account }) => account === address)
        .map(({ market }) => ({ account: address, key: [keptIn(byVault.get(of)!)!, market] })),
    ),
  ]
  const inVaults = adapters.flatMap(({ address, vault }) =>
    vault === null ? [] : [{ account: address, key: [vaultShares, vault] }],
  )
  const positions = await read.ofKeys<PositionFact>(
    position,
    [...inMarkets, ...inVaults].map(({ account, key }) => [account, ...key, 'supply']),
  )
  return {
    vaults,
    ...(parameters.length === 0 ? {} : { vaultParameters: parameters }),
    ...(positions.length === 0 ? {} : { vaultPositions: positions }),
    ...(allocations.length === 0 ? {} : { vaultAllocations: allocations }),
    marketKeys: [...new Map(inMarkets.map(({ key }) => [key.join(' '), key])).values()],
  }
}

/** What governs the vaults that lend, and those they have shares of in turn. */
async function loadParameters(read: HistoryReader, given: readonly VaultFact[]) {
  const lends = (vault: VaultFact) => vault.market === null && keptIn(vault) !== null
  const found = new Map<string, VaultParametersFact>()
  const asked = new Set<string>()
  let vaults = given
  for (;;) {
    const next = vaults.filter((vault) => lends(vault) && !asked.has(vault.vault)).map(({ vault }) => vault)
    if (next.length === 0) break
    const rows = await read.ofKeys<VaultParametersFact>(
      vaultParameters,
      next.map((vault) => [vault]),
    )
    for (const vault of next) asked.add(vault)
    for (const row of rows) found.set(row.vault, row)
    const inner = rows.flatMap(({ adapters }) => adapters?.flatMap(({ vault }) => vault ?? []) ?? [])
    if (inner.length > 0) vaults = await loadVaults(read, [...new Set(inner)].sort(), vaults)
  }
  const parameters = [...found.values()].sort((a, b) => (a.vault < b.vault ? -1 : 1))
  return { vaults, parameters }
}
