/** Vaults as they stood before the first indexed block. */
import { zeroAddress } from 'viem'
import { changePosition, changeVault, changeVaultParameters, changeVaultState } from '../../../positions/write'
import { writeOpening } from '../../../positions/writeOpening'
import { writeToken } from '../../../positions/writeToken'
import type { Facts } from '../../../runtime/facts'
import { onSetup } from '../../../runtime/onSetup'
import { addressOrNull } from '../addressOrNull'
import type { ResolvedMetaMorpho, ResolvedVault } from '../types'
import { areListed, isReserve, LENDS_IN, marketKeyOf, RECEIPTS_OF } from './marketKeys'
import { emptyParameters } from './metaMorpho'
import { vaults } from './vaults'
import { isAdapterIndexed, writeVaultV2Before } from './vaultV2Before'

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
  const curator = resolved.curator ?? addressOrNull(metaMorpho?.curator ?? vaultV2?.curator ?? zeroAddress)
  const values = { asset, offset: decimals - assetDecimals, shape, curator, market, asyncRedeem }
  await changeVault(facts, { vault }, values, () => values)
  if (resolved.isOlder) await writeOpening(facts, 'erc4626', vault, resolved.startBlock)
  if (resolved.isOlder && asyncRedeem) await writeOpening(facts, 'erc7540', vault, resolved.startBlock)
  if (isIndexedElsewhere(resolved)) await writeElsewhere(facts, resolved)
  const state = stateBefore(resolved)
  await changeVaultState(facts, { vault }, state, () => state)
  if (vaultV2 !== null) await writeVaultV2Before(facts, vault, vaultV2)
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
  if (vaultV2 !== null) return vaultV2.adapters.every(isAdapterIndexed)
  return metaMorpho === null ? market === null || isReserve(market) : areListed(metaMorpho)
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
    feeRecipient: addressOrNull(feeRecipient),
    owner: addressOrNull(owner),
    guardian: addressOrNull(guardian),
    supplyQueue: supplyQueue.map(keyOf),
    withdrawQueue: withdrawQueue.map(keyOf),
    caps: Object.fromEntries(Object.entries(caps).map(([id, cap]) => [keyOf(id), cap])),
  }
}

export const beforeHandlers = [
  onSetup('Erc4626Vault', async (facts) => {
    for (const resolved of vaults) await writeVault(facts, resolved)
  }),
]
