import { boundedRate, boundedTotalAssets } from '../../math/boundedVault'
import { least } from '../../math/least'
import { mulRayDown, mulRayHalfUp, RAY } from '../../math/ray'
import { metaMorphoRate, metaMorphoTotalAssets, plainRate, type VaultRate, virtualRate } from '../../math/vaultRates'
import type { ChainFacts, MarketFact, VaultFact, VaultStateFact } from '../facts'
import { normalizedIncome } from './aaveIndexes'
import { allocatedByVault } from './allocatedByVault'
import { lentByVault } from './lentByVault'
import type { ReasonCode } from './reading'

/** What stands behind a vault's shares at an instant. */
export type VaultTerms =
  | {
      readonly kind: 'known'
      readonly rate: VaultRate
      /** What everybody together can take out of it now, in its asset; `null` where nothing limits that. */
      readonly payable: bigint | null
      /** What can be had back beyond that at a price: each unit costs `penalty` (a wad) more; absent where there is nothing such. */
      readonly forced?: { readonly assets: bigint; readonly penalty: bigint }
      /** What of the assets the shares are said to be worth is there; less than all after a loss that the vault goes on counting. */
      readonly backed: VaultRate
      /** Since the rate was read; `null` where it follows from the facts at the very instant. */
      readonly ageSeconds: number | null
    }
  | {
      readonly kind: 'unknown'
      readonly reasonCode: Extract<ReasonCode, 'VAULT_REVERTED' | 'READ_FAILED' | 'TOKEN_UNKNOWN'>
      readonly detail: string
    }

const receiptsOf = 'aave-v3'

/** How deep vaults that have shares of vaults are followed. */
const maxDepth = 8

/**
 * What shares of a vault are worth at `time` (unix seconds), exactly as its own conversion says where it follows from the facts.
 * @param depth how many vaults have led here.
 */
export function vaultTerms(facts: ChainFacts, vault: VaultFact, time: bigint, depth = 0): VaultTerms {
  const state = facts.vaultStates.find((row) => row.vault === vault.vault)
  if (state === undefined) return unknown('READ_FAILED', 'the vault is not indexed')
  if (state.status === 'interval') return asRead(state, time)
  if (state.status !== 'ok') return unknown('VAULT_REVERTED', state.status)
  switch (vault.shape) {
    case 'standard':
    case 'solmate':
      return ofTotals(facts, vault, state, time)
    case 'stata':
      return ofReceipt(facts, vault, time)
    case 'metaMorpho':
      return ofLender(facts, vault, state, time)
    case 'vaultV2':
      return ofAllocator(facts, vault, state, time, depth)
    default:
      return unknown('READ_FAILED', `a vault of shape ${vault.shape} cannot be valued from what is indexed`)
  }
}

/** What a receipt of a lending pool is worth: its pool's token, one for one, as far as the pool has any. */
export function receiptTerms(facts: ChainFacts, market: MarketFact): VaultTerms {
  const rate = { assets: 1n, shares: 1n }
  return { kind: 'known', rate, backed: rate, payable: liquidityOf(facts, market), ageSeconds: null }
}

function asRead({ viewAssets, viewSupply, readAt }: VaultStateFact, time: bigint): VaultTerms {
  if (viewAssets == null || viewSupply == null || readAt == null || viewSupply === '0')
    return unknown('READ_FAILED', 'the vault has not said yet what its shares are worth')
  const rate = { assets: BigInt(viewAssets), shares: BigInt(viewSupply) }
  return { kind: 'known', rate, backed: rate, payable: null, ageSeconds: Number(time - BigInt(readAt)) }
}

function ofTotals(facts: ChainFacts, vault: VaultFact, state: VaultStateFact, time: bigint): VaultTerms {
  const totalAssets = vault.market === null ? BigInt(state.totalAssets) : receiptsHeld(facts, vault, time)
  if (totalAssets === null) return unknown('READ_FAILED', 'the market of the receipts it holds is not indexed')
  const totals = { totalAssets, totalSupply: BigInt(state.totalSupply) }
  const rate = vault.shape === 'standard' ? virtualRate(totals, vault.offset) : plainRate(totals)
  return { kind: 'known', rate, backed: rate, payable: null, ageSeconds: null }
}

/** Receipts grow without transfers, so what the vault has of them is its own position in their market. */
function receiptsHeld(facts: ChainFacts, { vault, market }: VaultFact, time: bigint): bigint | null {
  const listed = facts.markets.find((row) => row.protocol === receiptsOf && row.market === market)
  const state = facts.marketStates.find((row) => row.protocol === receiptsOf && row.market === market)
  if (listed === undefined || state === undefined) return null
  const held = facts.vaultPositions?.find((row) => row.account === vault && row.market === market)
  const income = normalizedIncome(state, time)
  const scaled = BigInt(held?.raw ?? '0')
  return listed.receiptRounding === 'halfUp' ? mulRayHalfUp(scaled, income) : mulRayDown(scaled, income)
}

/** A wrapped aToken's share is worth the supply index of its reserve. */
function ofReceipt(facts: ChainFacts, { market }: VaultFact, time: bigint): VaultTerms {
  const state = facts.marketStates.find((row) => row.protocol === receiptsOf && row.market === market)
  if (state === undefined) return unknown('READ_FAILED', 'the market it wraps is not indexed')
  const rate = { assets: normalizedIncome(state, time), shares: RAY }
  return { kind: 'known', rate, backed: rate, payable: liquidityOf(facts, state), ageSeconds: null }
}

function ofLender(facts: ChainFacts, vault: VaultFact, state: VaultStateFact, time: bigint): VaultTerms {
  const parameters = facts.vaultParameters?.find((row) => row.vault === vault.vault)
  if (parameters === undefined) return unknown('READ_FAILED', 'its queues are not indexed')
  const lent = lentByVault(facts, vault.vault, parameters.withdrawQueue, time)
  if (lent === null) return unknown('READ_FAILED', 'a market it lends in cannot be followed')
  const terms = {
    totalSupply: BigInt(state.totalSupply),
    offset: vault.offset,
    fee: BigInt(parameters.fee),
    lastTotalAssets: BigInt(state.lastTotalAssets ?? '0'),
    lostAssets: state.lostAssets == null ? null : BigInt(state.lostAssets),
  }
  const totalAssets = metaMorphoTotalAssets(lent.assets, terms)
  const rate = metaMorphoRate(totalAssets, terms)
  const backed = totalAssets === lent.assets ? rate : { assets: lent.assets, shares: rate.shares }
  return { kind: 'known', rate, backed, payable: lent.payable, ageSeconds: null }
}

/** A Vault V2: what lies idle and what its adapters have, as far as its total may have grown. */
function ofAllocator(
  facts: ChainFacts,
  vault: VaultFact,
  state: VaultStateFact,
  time: bigint,
  depth: number,
): VaultTerms {
  const parameters = facts.vaultParameters?.find((row) => row.vault === vault.vault)
  if (parameters === undefined || state.accruedAt == null) return unknown('READ_FAILED', 'its terms are not indexed')
  const terms = {
    totalSupply: BigInt(state.totalSupply),
    offset: vault.offset,
    fee: BigInt(parameters.fee),
    managementFee: BigInt(parameters.managementFee ?? '0'),
    maxRate: BigInt(parameters.maxRate ?? '0'),
    lastTotalAssets: BigInt(state.lastTotalAssets ?? '0'),
    elapsed: time - BigInt(state.accruedAt),
  }
  if (parameters.gate != null && (terms.fee > 0n || terms.managementFee > 0n))
    return unknown('READ_FAILED', `whether it takes fees is for ${parameters.gate} to say`)
  const found = allocatedByVault(facts, parameters, time, (inner) => termsOfInner(facts, inner, time, depth))
  if (typeof found === 'string') return unknown('READ_FAILED', found)
  const idle = BigInt(state.totalAssets)
  const total = boundedTotalAssets(idle + found.assets, terms)
  const rate = boundedRate(total, terms)
  if (rate === null) return unknown('VAULT_REVERTED', 'its fees exceed all it has')
  const there = least(total, idle + found.backed)
  const backed = there === total ? rate : { assets: there, shares: rate.shares }
  const { payable, forced, ageSeconds } = found
  return { kind: 'known', rate, backed, payable: idle + payable, forced, ageSeconds }
}

function termsOfInner(facts: ChainFacts, inner: string, time: bigint, depth: number): VaultTerms {
  const vault = facts.vaults.find((row) => row.vault === inner)
  if (vault === undefined) return unknown('READ_FAILED', 'it is not indexed')
  if (depth >= maxDepth) return unknown('READ_FAILED', 'it is too deep among vaults')
  return vaultTerms(facts, vault, time, depth + 1)
}

/** What a market can pay out; nothing while it is paused, `null` where that is not known. */
function liquidityOf(facts: ChainFacts, { protocol, market }: Pick<MarketFact, 'protocol' | 'market'>): bigint | null {
  const state = facts.marketStates.find((row) => row.protocol === protocol && row.market === market)
  const parameters = facts.marketParameters.find((row) => row.protocol === protocol && row.market === market)
  if (state === undefined) return null
  return parameters?.flags.split(',').includes('paused') ? 0n : BigInt(state.liquidity)
}

function unknown(reasonCode: Extract<VaultTerms, { kind: 'unknown' }>['reasonCode'], detail: string): VaultTerms {
  return { kind: 'unknown', reasonCode, detail }
}
