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
import type { ResolvedMetaMorpho, ResolvedVault, ResolvedVaultV2 } from '../types'
import { areListed, isReserve, LENDS_IN, marketKeyOf, RECEIPTS_OF } from './marketKeys'
import { emptyParameters } from './metaMorpho'
import { vaults } from './vaults'
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
  if (vaultV2 !== null) await writeVaultV2(facts, vault, vaultV2)
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
  // Its adapters are seen once something has happened to what they have.
  if (vaultV2 !== null) return false
  return metaMorpho === null ? market === null || isReserve(market) : areListed(metaMorpho)
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
