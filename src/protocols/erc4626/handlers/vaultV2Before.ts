/** Vault V2s as they stood before the first indexed block. */
import type { Address } from 'viem'
import { changePosition, changeVaultAllocation, changeVaultParameters } from '../../../positions/write'
import type { Facts } from '../../../runtime/facts'
import { addressOrNull } from '../addressOrNull'
import type { ResolvedAdapter, ResolvedVaultV2 } from '../types'
import { areListed, LENDS_IN, marketKeyOf, SHARES_OF } from './marketKeys'
import { vaultAt } from './vaults'
import { emptyVaultV2 } from './vaultV2'

/** Writes what a Vault V2 and its adapters were before the index; what is not indexed of an adapter is left to the vault's own word. */
export async function writeVaultV2Before(facts: Facts, vault: Address, vaultV2: ResolvedVaultV2): Promise<void> {
  const listed = vaultV2.adapters.flatMap((adapter) =>
    adapter.allocations.map((allocation) => ({ adapter, ...allocation })),
  )
  const parameters = {
    ...emptyVaultV2,
    fee: BigInt(vaultV2.fee),
    feeRecipient: addressOrNull(vaultV2.feeRecipient),
    managementFee: BigInt(vaultV2.managementFee),
    managementFeeRecipient: addressOrNull(vaultV2.managementFeeRecipient),
    maxRate: BigInt(vaultV2.maxRate),
    owner: addressOrNull(vaultV2.owner),
    gate: addressOrNull(vaultV2.gate),
    liquidityAdapter: addressOrNull(vaultV2.liquidityAdapter),
    liquidityMarket: vaultV2.liquidityMarket,
    adapters: vaultV2.adapters.map(({ address, kind, vault: inner, lender }) => ({
      ...{ address, kind, vault: inner, lender },
    })),
    penalties: Object.fromEntries(vaultV2.adapters.map(({ address, penalty }) => [address, penalty])),
    marketsOfIds: Object.fromEntries(listed.map(({ adapter, id, market }) => [id, [adapter.address, market] as const])),
    caps: Object.fromEntries(listed.filter(({ cap }) => cap !== '0').map(({ id, cap }) => [id, cap])),
  }
  await changeVaultParameters(facts, { vault }, parameters, () => parameters)
  for (const { adapter, market, assets, shares } of listed) {
    const key = { account: adapter.address, market: marketKeyOf({ morpho: adapter.lender! }, market) }
    const values = { assets: BigInt(assets), shares: shares === null ? null : BigInt(shares) }
    await changeVaultAllocation(facts, key, values, () => values)
  }
  for (const adapter of vaultV2.adapters) await writeAdapter(facts, adapter)
}

/** What an adapter has is in contracts that are indexed from the start. */
export function isAdapterIndexed({ kind, vault, lender, allocations }: ResolvedAdapter): boolean {
  switch (kind) {
    case 'vault':
      return vaultAt(vault!) !== undefined
    case 'positions':
    case 'books': {
      const allocated = allocations.filter(({ assets, supplied }) => assets !== '0' || supplied !== '0')
      return areListed({ morpho: lender!, withdrawQueue: allocated.map(({ market }) => market) })
    }
    case 'unknown':
      return false
  }
}

/** What an adapter had in other contracts stood before the index, too. */
async function writeAdapter(facts: Facts, adapter: ResolvedAdapter): Promise<void> {
  if (!isAdapterIndexed(adapter)) return
  const { address: account, vault, lender, innerShares, allocations } = adapter
  const write = (protocol: string, market: string, shares: string) => {
    const raw = BigInt(shares)
    return changePosition(facts, { account, side: 'supply', protocol, market }, { raw }, () => ({ raw }))
  }
  if (innerShares !== null) await write(SHARES_OF, vault!, innerShares)
  for (const { market, supplied } of allocations)
    await write(LENDS_IN, marketKeyOf({ morpho: lender! }, market), supplied)
}
