/** Adapters that keep books of their own say themselves what they have in a market, and whether it counts. */
import type { Address, Hex } from 'viem'
import { vaultV2AdapterAbi as abi } from '../../../../abis/erc4626/vaultV2'
import { changeVaultAllocation, changeVaultParameters } from '../../../positions/write'
import type { Facts } from '../../../runtime/facts'
import { onEvent } from '../../../runtime/onEvent'
import type { VaultAdapter } from '../types'
import { marketKeyOf } from './marketKeys'
import { vaults } from './vaults'
import { emptyVaultV2, findVaultV2Row, type VaultV2Row } from './vaultV2'

const lenders = vaults.filter(({ shape }) => shape === 'vaultV2')

type Found = { readonly vault: Address; readonly row: VaultV2Row; readonly adapter: VaultAdapter }

async function findAdapter(facts: Facts, address: Address): Promise<Found | null> {
  for (const { vault } of lenders) {
    const row = await findVaultV2Row(facts, vault)
    const adapter = row?.adapters.find((each) => each.address === address)
    if (row && adapter) return { vault, row, adapter }
  }
  return null
}

type Booked = { readonly shares: bigint | null; readonly assets: bigint | null }

/** @param booked shares more, or null for none at all any more; what is allocated, or null where that stays. */
async function book(facts: Facts, address: Address, market: Hex, booked: Booked): Promise<void> {
  const found = await findAdapter(facts, address)
  if (found === null || found.adapter.kind !== 'books') return
  const { vault, row, adapter } = found
  if (!Object.values(row.marketsOfIds).some(([own, id]) => own === address && id === market)) {
    // Allowed before the index began, so that the vault's id for it is not known.
    await changeVaultParameters(facts, { vault }, emptyVaultV2, ({ marketsOfIds }) => ({
      marketsOfIds: { ...marketsOfIds, [market]: [address, market] },
    }))
  }
  const key = { account: address, market: marketKeyOf({ morpho: adapter.lender! }, market) }
  await changeVaultAllocation(facts, key, { assets: 0n, shares: 0n }, ({ assets, shares }) => ({
    assets: booked.assets ?? assets,
    shares: booked.shares === null ? 0n : (shares ?? 0n) + booked.shares,
  }))
}

const handlersOf = (name: string) => [
  onEvent(`${name}Allocate`, abi, 'Allocate', (facts, { args, address }) =>
    book(facts, address, args.marketId, { shares: args.mintedShares, assets: args.newAllocation }),
  ),
  onEvent(`${name}Deallocate`, abi, 'Deallocate', (facts, { args, address }) =>
    book(facts, address, args.marketId, { shares: -args.burnedShares, assets: args.newAllocation }),
  ),
  onEvent(`${name}BurnShares`, abi, 'BurnShares', (facts, { args, address }) =>
    book(facts, address, args.marketId, { shares: null, assets: null }),
  ),
]

export const vaultV2AdapterHandlers = [...handlersOf('VaultV2Adapter'), ...handlersOf('VaultV2OlderAdapter')]
