import { least } from '../../math/least'
import { assetsDown } from '../../math/vaultRates'
import type { ChainFacts, VaultAdapterFact, VaultParametersFact } from '../facts'
import { lentInMarket, sharesOfVault } from './lentByVault'
import type { VaultTerms } from './vaultTerms'

/** What a vault has through its adapters, in its asset. */
export interface Allocated {
  readonly assets: bigint
  /** As far as it is really there. */
  readonly backed: bigint
  /** What the adapter that withdrawals come from can pay back now. */
  readonly payable: bigint
  /** What anybody can have other adapters give back besides, and the part of it that costs; a wad. */
  readonly forced: { readonly assets: bigint; readonly penalty: bigint }
  /** Of the oldest reading it rests on; `null` where it follows from the facts. */
  readonly ageSeconds: number | null
}

/**
 * The adapters of a vault, each with what its `realAssets()` says at `time`; the reason in words where that does not follow from the facts.
 * @param termsOf what shares of a vault behind an adapter are worth.
 */
export function allocatedByVault(
  facts: ChainFacts,
  parameters: VaultParametersFact,
  time: bigint,
  termsOf: (vault: string) => VaultTerms,
): Allocated | string {
  const { adapters, penalties, liquidityAdapter, liquidityMarket } = parameters
  const parts: Reached[] = []
  for (const adapter of adapters ?? []) {
    const found = partsOf(facts, adapter, time, termsOf)
    if (typeof found === 'string') return found
    const penalty = BigInt(penalties?.[adapter.address] ?? '0')
    for (const part of found) {
      const isThere = part.market === null || isMarket(part.market, liquidityMarket)
      parts.push({ ...part, penalty, isLiquid: adapter.address === liquidityAdapter && isThere })
    }
  }
  const liquid = parts.filter(({ isLiquid }) => isLiquid)
  // What one market can pay is not there twice, nor can be told apart within another vault.
  const used = new Set(liquid.flatMap(({ market, queue }) => (market === null ? queue : [market])))
  const others = parts.filter(({ isLiquid, market }) => !isLiquid && market !== null && !used.has(market))
  const once = [...new Map(others.map((part) => [part.market, part])).values()]
  const sum = (of: readonly Part[], name: 'assets' | 'backed' | 'payable') =>
    of.reduce((total, part) => total + part[name], 0n)
  const ages = parts.flatMap(({ ageSeconds }) => ageSeconds ?? [])
  return {
    assets: sum(parts, 'assets'),
    backed: sum(parts, 'backed'),
    payable: sum(liquid, 'payable'),
    forced: { assets: sum(once, 'payable'), penalty: highestPenalty(once) },
    ageSeconds: ages.length === 0 ? null : Math.max(...ages),
  }
}

/** What an adapter has in one place: a market, or another vault with the markets of its queue. */
interface Part {
  readonly market: string | null
  readonly queue: readonly string[]
  readonly assets: bigint
  readonly backed: bigint
  readonly payable: bigint
  readonly ageSeconds: number | null
}

interface Reached extends Part {
  readonly penalty: bigint
  /** Withdrawals come from here. */
  readonly isLiquid: boolean
}

function partsOf(
  facts: ChainFacts,
  adapter: VaultAdapterFact,
  time: bigint,
  termsOf: (vault: string) => VaultTerms,
): readonly Part[] | string {
  switch (adapter.kind) {
    case 'vault':
      return partInVault(facts, adapter.address, adapter.vault!, termsOf)
    case 'positions':
    case 'books':
      return partsInMarkets(facts, adapter, time)
    case 'unknown':
      return `what its adapter ${adapter.address} has cannot be told`
  }
}

function partInVault(
  facts: ChainFacts,
  adapter: string,
  inner: string,
  termsOf: (vault: string) => VaultTerms,
): readonly Part[] | string {
  const terms = termsOf(inner)
  if (terms.kind === 'unknown') return `the vault ${inner} it has shares of: ${terms.detail}`
  const shares = sharesOfVault(facts, adapter, 'erc4626', inner)
  const assets = assetsDown(shares, terms.rate)
  const backed = assetsDown(shares, terms.backed)
  const queue = facts.vaultParameters?.find(({ vault }) => vault === inner)?.withdrawQueue ?? []
  const payable = terms.payable === null ? backed : least(terms.payable, backed)
  return [{ market: null, queue, assets, backed, payable, ageSeconds: terms.ageSeconds }]
}

/** A market counts while the vault's books allocate something to it, whatever the adapter has there. */
function partsInMarkets(
  facts: ChainFacts,
  { address, kind }: VaultAdapterFact,
  time: bigint,
): readonly Part[] | string {
  const parts: Part[] = []
  for (const { account, market, assets, shares } of facts.vaultAllocations ?? []) {
    if (account !== address || BigInt(assets) === 0n) continue
    const held = kind === 'books' ? BigInt(shares ?? '0') : sharesOfVault(facts, address, 'morpho-blue', market)
    const lent = lentInMarket(facts, market, held, time)
    if (lent === null) return `the market ${market} it lends in cannot be followed`
    parts.push({ market, queue: [], ...lent, backed: lent.assets, ageSeconds: null })
  }
  return parts
}

function highestPenalty(parts: readonly Reached[]): bigint {
  let highest = 0n
  for (const { penalty } of parts) if (penalty > highest) highest = penalty
  return highest
}

/** @param id of a market, which stands behind the contract's address where a chain has several. */
function isMarket(market: string, id: string | null | undefined): boolean {
  return id != null && (market === id || market.endsWith(`:${id}`))
}
