/** Vaults as they stood before the first indexed block. */
import { type Address, zeroAddress } from 'viem'
import {
  changePosition,
  changeVault,
  changeVaultAllocation,
  changeVaultParameters,
  changeVaultState,
} from '../../../positions/write'
import { writeOpening } from '../../../positions/writeOpening'
import { writeToken } from '../../../positions/writeToken'
import type { Facts } from '../../../runtime/facts'
import { onSetup } from '../../../runtime/onSetup'
import type { ResolvedAdapter, ResolvedMetaMorpho, ResolvedVault, ResolvedVaultV2 } from '../types'
import { areListed, isReserve, LENDS_IN, marketKeyOf, RECEIPTS_OF, SHARES_OF } from './marketKeys'
import { emptyParameters } from './metaMorpho'
import { vaultAt, vaults } from './vaults'
import { emptyVaultV2 } from './vaultV2'

async function writeVault(facts: Facts, resolved: ResolvedVault): Promise<void> {
  const {
    vault,
    asset,
    symbol,
    decimals,
    assetSymbol,
    assetDecimals,
    shape,
    market,
    asyncRedeem,
    metaMorpho,
    vaultV2,
  } = resolved
  await writeToken(facts, vault, { symbol, decimals })
  await writeToken(facts, asset, { symbol: assetSymbol, decimals: assetDecimals })
  const curator = resolved.curator ?? orNull(metaMorpho?.curator ?? vaultV2?.curator ?? zeroAddress)
  const values = { asset, offset: decimals - assetDecimals, shape, curator, market, asyncRedeem }
  await changeVault(facts, { vault }, values, () => values)
  if (resolved.isOlder) await writeOpening(facts, 'erc4626', vault, resolved.startBlock)
  if (resolved.isOlder && asyncRedeem) await writeOpening(facts, 'erc7540', vault, resolved.startBlock)
  if (isIndexedElsewhere(resolved)) await writeElsewhere(facts, resolved)
  const state = stateBefore(resolved)
  await changeVaultState(facts, { vault }, state, () => state)
  if (vaultV2 !== null) {
    await writeVaultV2(facts, vault, vaultV2)
    for (const adapter of vaultV2.adapters) await writeAdapter(facts, adapter)
  }
  if (metaMorpho === null) return
  const parameters = { ...emptyParameters, ...parametersBefore(metaMorpho) }
  await changeVaultParameters(facts, { vault }, parameters, () => parameters)
}

/** What it had in other contracts stood before the index, too. */
async function writeElsewhere(facts: Facts, { vault, market, metaMorpho, elsewhere }: ResolvedVault): Promise<void> {
  for (const [index, shares] of elsewhere.entries()) {
    const raw = BigInt(shares)
    const place =
      metaMorpho === null
        ? { protocol: RECEIPTS_OF, market: market! }
        : { protocol: LENDS_IN, market: marketKeyOf(metaMorpho, metaMorpho.withdrawQueue[index]!) }
    await changePosition(facts, { account: vault, side: 'supply', ...place }, { raw }, () => ({ raw }))
  }
}

/** Every market in which an older vault had something is indexed from the start. */
function isIndexedElsewhere({ isOlder, market, metaMorpho, vaultV2 }: ResolvedVault): boolean {
  if (!isOlder) return true
  if (vaultV2 !== null) return vaultV2.adapters.every(isIndexed)
  return metaMorpho === null ? market === null || isReserve(market) : areListed(metaMorpho)
}

/** What an adapter has is in contracts that are indexed from the start. */
function isIndexed({ kind, vault, lender, allocations }: ResolvedAdapter): boolean {
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
  if (!isIndexed(adapter)) return
  const { address: account, vault, lender, innerShares, allocations } = adapter
  const write = (protocol: string, market: string, shares: string) => {
    const raw = BigInt(shares)
    return changePosition(facts, { account, side: 'supply', protocol, market }, { raw }, () => ({ raw }))
  }
  if (innerShares !== null) await write(SHARES_OF, vault!, innerShares)
  for (const { market, supplied } of allocations)
    await write(LENDS_IN, marketKeyOf({ morpho: lender! }, market), supplied)
}

async function writeVaultV2(facts: Facts, vault: Address, vaultV2: ResolvedVaultV2): Promise<void> {
  const listed = vaultV2.adapters.flatMap((adapter) =>
    adapter.allocations.map((allocation) => ({ adapter, ...allocation })),
  )
  const parameters = {
    ...emptyVaultV2,
    fee: BigInt(vaultV2.fee),
    feeRecipient: orNull(vaultV2.feeRecipient),
    managementFee: BigInt(vaultV2.managementFee),
    managementFeeRecipient: orNull(vaultV2.managementFeeRecipient),
    maxRate: BigInt(vaultV2.maxRate),
    owner: orNull(vaultV2.owner),
    gate: orNull(vaultV2.gate),
    liquidityAdapter: orNull(vaultV2.liquidityAdapter),
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
}

function stateBefore(resolved: ResolvedVault) {
  const { shape, before, metaMorpho, vaultV2 } = resolved
  const totals = { totalAssets: BigInt(before.totalAssets), totalSupply: BigInt(before.totalSupply) }
  // Where a market it has something in is not indexed, only the vault itself can say what shares are worth.
  const isPartlySeen = shape !== 'stata' && !isIndexedElsewhere(resolved)
  const status = shape === 'other' || isPartlySeen ? 'interval' : 'ok'
  if (vaultV2 !== null)
    return {
      ...totals,
      status,
      lastTotalAssets: BigInt(vaultV2.lastTotalAssets),
      accruedAt: BigInt(vaultV2.accruedAt),
    }
  if (metaMorpho === null) return { ...totals, status }
  const lastTotalAssets = BigInt(metaMorpho.lastTotalAssets)
  return {
    ...totals,
    status,
    lastTotalAssets,
    lostAssets: metaMorpho.countsLost ? BigInt(metaMorpho.lostAssets) : null,
  }
}

function parametersBefore(metaMorpho: ResolvedMetaMorpho) {
  const { fee, feeRecipient, owner, guardian, supplyQueue, withdrawQueue, caps } = metaMorpho
  const keyOf = (id: string) => marketKeyOf(metaMorpho, id)
  return {
    fee: BigInt(fee),
    feeRecipient: orNull(feeRecipient),
    owner: orNull(owner),
    guardian: orNull(guardian),
    supplyQueue: supplyQueue.map(keyOf),
    withdrawQueue: withdrawQueue.map(keyOf),
    caps: Object.fromEntries(Object.entries(caps).map(([id, cap]) => [keyOf(id), cap])),
  }
}

function orNull(address: Address): Address | null {
  return address === zeroAddress ? null : address
}

export const beforeHandlers = [
  onSetup('Erc4626Vault', async (facts) => {
    for (const resolved of vaults) await writeVault(facts, resolved)
  }),
]
