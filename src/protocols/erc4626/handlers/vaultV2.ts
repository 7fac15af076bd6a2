/** Vault V2: its total at every accrual, its terms, and through which adapters it has what. */
import { type Address, type Hex, zeroAddress } from 'viem'
import { vaultV2Abi as abi } from '../../../../abis/erc4626/vaultV2'
import { vaultParameters } from '../../../../ponder.schema'
import { changeVault, changeVaultAllocation, changeVaultParameters, changeVaultState } from '../../../positions/write'
import { askMany } from '../../../runtime/askMany'
import type { Facts } from '../../../runtime/facts'
import { indexer } from '../../../runtime/indexer'
import { onEvent } from '../../../runtime/onEvent'
import { marketOfId } from '../marketOfId'
import { type AskView, idsOf, readAdapter, readMarketParams } from '../readAdapter'
import type { VaultAdapter } from '../types'
import { marketKeyOf } from './marketKeys'
import { emptyParameters } from './metaMorpho'
import { emptyState, vaultAt } from './vaults'

const CONTRACT = 'VaultV2'

/** What is known of a Vault V2 by its events. */
export type VaultV2Row = {
  readonly adapters: readonly VaultAdapter[]
  readonly marketsOfIds: Readonly<Record<string, readonly [adapter: Address, market: Hex]>>
  readonly penalties: Readonly<Record<string, string>>
  readonly gate: Address | null
  readonly fee: bigint
  readonly managementFee: bigint
  readonly maxRate: bigint
}

export const emptyVaultV2 = {
  ...emptyParameters,
  maxRate: 0n,
  managementFee: 0n,
  adapters: [] as readonly VaultAdapter[],
  penalties: {} as Readonly<Record<string, string>>,
  marketsOfIds: {} as VaultV2Row['marketsOfIds'],
}

type Changes = Parameters<typeof changeVaultParameters>[3]

const change = (facts: Facts, vault: Address, next: Changes) =>
  changeVaultParameters(facts, { vault }, emptyVaultV2, next)

export async function findVaultV2Row({ store, stamp }: Facts, vault: Address): Promise<VaultV2Row | null> {
  return (await store.find(vaultParameters, { chainId: stamp.chainId, vault })) as VaultV2Row | null
}

const orNull = (address: Address) => (address === zeroAddress ? null : address)

async function changeTotal(facts: Facts, vault: Address, by: bigint): Promise<void> {
  await changeVaultState(facts, { vault }, emptyState, ({ lastTotalAssets }) => ({
    lastTotalAssets: (lastTotalAssets ?? 0n) + by,
  }))
}

const askIn =
  ({ views }: Facts): AskView =>
  async (address, of, functionName, args) =>
    (await askMany(views, indexer.resolved.multicall3, [{ address, abi: of, functionName, args }]))[0]

async function addAdapter(facts: Facts, vault: Address, address: Address): Promise<void> {
  const adapter = await readAdapter(askIn(facts), vault, address)
  await change(facts, vault, ({ adapters }) => ({
    adapters: [...(adapters ?? []).filter((each) => each.address !== address), adapter],
  }))
}

async function setCap(facts: Facts, vault: Address, id: Hex, idData: Hex, cap: bigint): Promise<void> {
  const market = marketOfId(idData)
  await change(facts, vault, ({ caps, marketsOfIds }) => {
    const { [id]: _, ...others } = caps
    return {
      caps: cap === 0n ? others : { ...others, [id]: String(cap) },
      ...(market === null ? {} : { marketsOfIds: { ...marketsOfIds, [id]: market } }),
    }
  })
}

type Allocated = { readonly adapter: Address; readonly ids: readonly Hex[]; readonly change: bigint }

/** Of an adapter without books of its own only the vault says how much is allocated to which market. */
async function allocate(facts: Facts, vault: Address, { adapter: address, ids, change: by }: Allocated): Promise<void> {
  const row = await findVaultV2Row(facts, vault)
  const adapter = row?.adapters.find((each) => each.address === address)
  const id = ids.at(-1)
  if (row === null || adapter?.kind !== 'positions' || id === undefined) return
  const market = row.marketsOfIds[id]?.[1] ?? (await findMarket(facts, vault, address, id))
  // Not listed at the end of the block, so that nothing there counts.
  if (market === null) return
  const key = { account: address, market: marketKeyOf({ morpho: adapter.lender! }, market) }
  await changeVaultAllocation(facts, key, { assets: 0n }, ({ assets }) => ({ assets: assets + by }))
}

/** The market of an id that was allowed before the index began, by what the adapter lists. */
async function findMarket(facts: Facts, vault: Address, adapter: Address, id: Hex): Promise<Hex | null> {
  const listed = await readMarketParams(askIn(facts), adapter)
  const market = listed.map((params) => idsOf(adapter, params)).find((ids) => ids.id === id)?.market ?? null
  if (market !== null)
    await change(facts, vault, ({ marketsOfIds }) => ({ marketsOfIds: { ...marketsOfIds, [id]: [adapter, market] } }))
  return market
}

export const vaultV2Handlers = [
  onEvent(CONTRACT, abi, 'AccrueInterest', (facts, { args, address }) =>
    changeVaultState(facts, { vault: address }, emptyState, () => ({
      lastTotalAssets: args.newTotalAssets,
      accruedAt: facts.stamp.blockTimestamp,
    })),
  ),
  onEvent(CONTRACT, abi, 'Deposit', (facts, { args, address }) => changeTotal(facts, address, args.assets)),
  onEvent(CONTRACT, abi, 'Withdraw', (facts, { args, address }) => changeTotal(facts, address, -args.assets)),
  onEvent(CONTRACT, abi, 'AddAdapter', (facts, { args, address }) => addAdapter(facts, address, args.account)),
  onEvent(CONTRACT, abi, 'RemoveAdapter', (facts, { args, address }) =>
    change(facts, address, ({ adapters }) => ({
      adapters: (adapters ?? []).filter((adapter) => adapter.address !== args.account),
    })),
  ),
  onEvent(CONTRACT, abi, 'Allocate', (facts, { args, address }) => allocate(facts, address, args)),
  onEvent(CONTRACT, abi, 'Deallocate', (facts, { args, address }) => allocate(facts, address, args)),
  onEvent(CONTRACT, abi, 'IncreaseAbsoluteCap', (facts, { args, address }) =>
    setCap(facts, address, args.id, args.idData, args.newAbsoluteCap),
  ),
  onEvent(CONTRACT, abi, 'DecreaseAbsoluteCap', (facts, { args, address }) =>
    setCap(facts, address, args.id, args.idData, args.newAbsoluteCap),
  ),
  onEvent(CONTRACT, abi, 'SetForceDeallocatePenalty', (facts, { args, address }) =>
    change(facts, address, ({ penalties }) => ({
      penalties: { ...penalties, [args.adapter]: String(args.forceDeallocatePenalty) },
    })),
  ),
  onEvent(CONTRACT, abi, 'SetLiquidityAdapterAndData', (facts, { args, address }) =>
    change(facts, address, () => ({
      liquidityAdapter: orNull(args.newLiquidityAdapter),
      liquidityMarket: args.newLiquidityData,
    })),
  ),
  onEvent(CONTRACT, abi, 'SetMaxRate', (facts, { args, address }) =>
    change(facts, address, () => ({ maxRate: args.newMaxRate })),
  ),
  onEvent(CONTRACT, abi, 'SetPerformanceFee', (facts, { args, address }) =>
    change(facts, address, () => ({ fee: args.newPerformanceFee })),
  ),
  onEvent(CONTRACT, abi, 'SetPerformanceFeeRecipient', (facts, { args, address }) =>
    change(facts, address, () => ({ feeRecipient: orNull(args.newPerformanceFeeRecipient) })),
  ),
  onEvent(CONTRACT, abi, 'SetManagementFee', (facts, { args, address }) =>
    change(facts, address, () => ({ managementFee: args.newManagementFee })),
  ),
  onEvent(CONTRACT, abi, 'SetManagementFeeRecipient', (facts, { args, address }) =>
    change(facts, address, () => ({ managementFeeRecipient: orNull(args.newManagementFeeRecipient) })),
  ),
  onEvent(CONTRACT, abi, 'SetReceiveSharesGate', (facts, { args, address }) =>
    change(facts, address, () => ({ gate: orNull(args.newReceiveSharesGate) })),
  ),
  onEvent(CONTRACT, abi, 'Constructor', (facts, { args, address }) =>
    change(facts, address, () => ({ owner: orNull(args.owner) })),
  ),
  onEvent(CONTRACT, abi, 'SetOwner', (facts, { args, address }) =>
    change(facts, address, () => ({ owner: orNull(args.newOwner) })),
  ),
  onEvent(CONTRACT, abi, 'SetCurator', async (facts, { args, address }) => {
    const { asset, decimals, assetDecimals, shape, curator } = vaultAt(address)!
    // Who curates in the eyes of the configuration goes before who may in the contract's.
    if (curator !== null) return
    const values = { asset, offset: decimals - assetDecimals, shape }
    await changeVault(facts, { vault: address }, values, () => ({ curator: args.newCurator }))
  }),
]
