/** A regular look at what vaults say themselves: whether they still behave as their shape says, and of all others what shares are worth. */
import type { Address } from 'viem'
import { erc4626VaultAbi as abi } from '../../../../abis/erc4626/vault'
import {
  market,
  position,
  vaultAllocation,
  vaultParameters,
  vaultState,
  vault as vaultTable,
} from '../../../../ponder.schema'
import { changeVault, changeVaultState } from '../../../positions/write'
import { askMany } from '../../../runtime/askMany'
import type { Facts } from '../../../runtime/facts'
import { indexer } from '../../../runtime/indexer'
import { onBlock } from '../../../runtime/onBlock'
import type { Read } from '../../../runtime/read'
import { holdsItsAssets } from '../holdsItsAssets'
import { recognise, sharesToAsk, type VaultViews } from '../transitions'
import type { ResolvedVault, VaultShape } from '../types'
import { LENDS_IN, marketKeyOf, mayHaveLent, RECEIPTS_OF, SHARES_OF } from './marketKeys'
import { checkEvery, checkFrom, emptyState, vaultAt, vaults } from './vaults'
import type { VaultV2Row } from './vaultV2'

type State = {
  readonly totalAssets: bigint
  readonly totalSupply: bigint
  readonly status: string
  readonly lastTotalAssets: bigint | null
  readonly lostAssets: bigint | null
  readonly accruedAt: bigint | null
}
type Parameters = { readonly fee: bigint; readonly withdrawQueue: readonly string[] } & VaultV2Row

/** Whether it is this vault's turn: the source runs as often as the most often looked at. */
function isDue({ refreshBlocks, startBlock, shape }: ResolvedVault, block: number): boolean {
  return block >= startBlock && shape !== 'stata' && (block - checkFrom) % refreshBlocks < checkEvery
}

async function checkVaults(facts: Facts): Promise<void> {
  const { store, stamp, views } = facts
  const due = vaults.filter((vault) => isDue(vault, Number(stamp.blockNumber)))
  const states = await Promise.all(
    due.map(async ({ vault }) => (await store.find(vaultState, { chainId: stamp.chainId, vault })) as State | null),
  )
  const asked = due.map(({ decimals }, index) => sharesToAsk(states[index]?.totalSupply ?? 0n, decimals))
  const reads = due.flatMap(({ vault: address }, index): Read[] => {
    const read = { address, abi, isDoubtful: !['ok', 'interval'].includes(states[index]?.status ?? 'ok') }
    return [
      { ...read, functionName: 'totalAssets' },
      { ...read, functionName: 'convertToAssets', args: [asked[index]] },
    ]
  })
  const answers = (await askMany(views, indexer.resolved.multicall3, reads)) as (bigint | null)[]
  for (const [index, vault] of due.entries()) {
    const state = states[index]
    const [totalAssets, value] = [answers[2 * index] ?? null, answers[2 * index + 1] ?? null]
    const seen = { totalAssets, shares: asked[index]!, value }
    if (state) await judge(facts, vault, state, seen)
  }
}

async function judge(facts: Facts, resolved: ResolvedVault, state: State, seen: VaultViews): Promise<void> {
  const { vault, decimals, assetDecimals } = resolved
  const row = await facts.store.find(vaultParameters, { chainId: facts.stamp.chainId, vault })
  const parameters = row as Parameters | null
  const metaMorpho = parameters && {
    fee: parameters.fee,
    lastTotalAssets: state.lastTotalAssets ?? 0n,
    lostAssets: state.lostAssets,
  }
  const vaultV2 =
    resolved.vaultV2 === null || parameters === null
      ? null
      : {
          ...{ fee: parameters.fee, managementFee: parameters.managementFee, maxRate: parameters.maxRate },
          lastTotalAssets: state.lastTotalAssets ?? 0n,
          elapsed: facts.stamp.blockTimestamp - (state.accruedAt ?? facts.stamp.blockTimestamp),
        }
  const growsAlone = !holdsItsAssets(resolved)
  const known = {
    ...state,
    ...(await shapeOf(facts, resolved)),
    offset: decimals - assetDecimals,
    growsAlone,
    metaMorpho,
    vaultV2,
  }
  const [shape, judged] = recognise(known, seen)
  if (shape !== known.shape) await changeShape(facts, resolved, shape)
  const status = judged === 'ok' && !(await isSeen(facts, resolved, parameters)) ? 'interval' : judged
  if (status === 'interval') {
    const read = { viewAssets: seen.value, viewSupply: seen.shares, readAt: facts.stamp.blockTimestamp }
    await changeVaultState(facts, { vault }, emptyState, () => ({ status, ...read }))
  } else if (status !== state.status) {
    const unread = { viewAssets: null, viewSupply: null, readAt: null }
    await changeVaultState(facts, { vault }, emptyState, () => ({ status, ...unread }))
  }
}

async function shapeOf(
  { store, stamp }: Facts,
  { vault, shape }: ResolvedVault,
): Promise<{ readonly shape: VaultShape }> {
  const row = await store.find(vaultTable, { chainId: stamp.chainId, vault })
  return { shape: (row?.shape as VaultShape | undefined) ?? shape }
}

async function changeShape(facts: Facts, resolved: ResolvedVault, shape: VaultShape): Promise<void> {
  const { vault, asset, decimals, assetDecimals } = resolved
  await changeVault(facts, { vault }, { asset, offset: decimals - assetDecimals, shape }, () => ({ shape }))
}

/** Whether everything the vault has elsewhere is among the facts; what it had before they begin is, from its first event on. */
async function isSeen(facts: Facts, resolved: ResolvedVault, parameters: Parameters | null): Promise<boolean> {
  const { vault, isOlder, market: receipt, metaMorpho, vaultV2 } = resolved
  if (vaultV2 !== null) return parameters !== null && (await areAdaptersSeen(facts, parameters))
  if (metaMorpho === null)
    return receipt === null || !isOlder || (await hasPosition(facts, vault, RECEIPTS_OF, receipt))
  const isLender = isOlder && mayHaveLent(metaMorpho.morpho)
  const seen = (parameters?.withdrawQueue ?? []).map((name) => isMarketSeen(facts, vault, name, isLender))
  return (await Promise.all(seen)).every(Boolean)
}

async function hasPosition({ store, stamp }: Facts, account: Address, protocol: string, name: string) {
  const key = { chainId: stamp.chainId, account, protocol, market: name, side: 'supply' }
  return (await store.find(position, key)) !== null
}

/** @param isLender what the account has there may be older than the facts. */
async function isMarketSeen(facts: Facts, account: Address, name: string, isLender: boolean): Promise<boolean> {
  const { store, stamp } = facts
  const isListed = (await store.find(market, { chainId: stamp.chainId, protocol: LENDS_IN, market: name })) !== null
  return isListed && (!isLender || (await hasPosition(facts, account, LENDS_IN, name)))
}

/** Whether all a Vault V2 has through its adapters is known, and nobody else decides whether it takes its fees. */
async function areAdaptersSeen(facts: Facts, parameters: Parameters): Promise<boolean> {
  const { adapters, marketsOfIds, gate, fee, managementFee } = parameters
  if (gate !== null && (fee > 0n || managementFee > 0n)) return false
  const seen = adapters.map(async ({ address, kind, vault: inner, lender }) => {
    switch (kind) {
      case 'vault': {
        const configured = vaultAt(inner!)
        return (
          configured !== undefined && (!configured.isOlder || (await hasPosition(facts, address, SHARES_OF, inner!)))
        )
      }
      case 'positions':
      case 'books': {
        const isLender = kind === 'positions' && mayHaveLent(lender!)
        const markets = new Set(Object.values(marketsOfIds).flatMap(([own, id]) => (own === address ? [id] : [])))
        const names = [...markets].map((id) => marketKeyOf({ morpho: lender! }, id))
        const all = names.map(
          async (name) => !(await isAllocated(facts, address, name)) || isMarketSeen(facts, address, name, isLender),
        )
        return (await Promise.all(all)).every(Boolean)
      }
      case 'unknown':
        return false
    }
  })
  return (await Promise.all(seen)).every(Boolean)
}

async function isAllocated({ store, stamp }: Facts, account: Address, name: string): Promise<boolean> {
  const row = await store.find(vaultAllocation, { chainId: stamp.chainId, account, market: name })
  return row !== null && (row.assets as bigint) > 0n
}

export const checkHandlers = [onBlock('Erc4626Check', checkVaults)]
