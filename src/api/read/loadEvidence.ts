import type { ChooseCut } from './chooseCut'
import type { Cut, CutChain, IndexedBlock, Tier } from './cut'
import type { Snapshot } from './database'
import { AtNotIndexedError, UnknownChainError } from './errors'
import type { ChainFacts, Facts, QuarantineFact, Reference } from './facts'
import { loadAgreements } from './loadAgreements'
import { loadChainFacts } from './loadChainFacts'
import { loadSchemas } from './loadDeployments'
import { type ChainSettings, type LoadedHead, loadBlockAt, loadBlockTime, loadHead } from './loadHeads'
import { loadQuarantines } from './loadQuarantines'
import { loadTiers } from './loadTiers'
import type { PoolReader } from './poolCache'
import { poolWindowSeconds } from './poolWindow'
import type { PriceHistory } from './priceHistory/createPriceHistory'
import type { HistorySpan } from './priceHistory/types'
import { withoutDistrusted } from './withoutDistrusted'
import { loadWitnesses } from './witness'

/** A past instant as it was asked for. */
export type At =
  | { readonly kind: 'time'; readonly time: number }
  | { readonly kind: 'block'; readonly chain: string; readonly blockNumber: string }

export interface ReadContext {
  readonly chains: Readonly<Record<string, ChainSettings>>
  readonly reference: Reference
  /** Unix seconds by the wall clock; `null` to compare the chains with each other only. */
  readonly now: number | null
  readonly choose: ChooseCut
}

export interface CutWithSchemas {
  readonly cut: Cut
  readonly schemas: ReadonlyMap<string, string>
  /** By chain, what disagrees with its contracts. */
  readonly quarantines: ReadonlyMap<string, readonly QuarantineFact[]>
}

/**
 * Finds the cut for a tier: its instant and every chain's block. Called inside the snapshot the facts are then read from.
 * @param isLatestAllowed an `at` later than the tier's newest cut is answered by that cut instead of refused.
 */
export async function loadCut(
  snapshot: Snapshot,
  context: ReadContext,
  tier: Tier,
  at: At | null,
  isLatestAllowed: boolean,
): Promise<CutWithSchemas> {
  const [schemas, tiers, quarantines, witnesses] = await Promise.all([
    loadSchemas(snapshot),
    loadTiers(snapshot),
    loadQuarantines(snapshot),
    loadWitnesses(snapshot),
  ])
  const [time, ...loaded] = await Promise.all([
    at === null ? null : timeOf(snapshot, context, schemas, at),
    ...Object.keys(context.chains)
      .sort()
      .map((chain) =>
        loadHead(
          snapshot,
          chain,
          context.chains[chain]!,
          schemas.get(chain) ?? null,
          tier,
          tiers.get(chain) ?? null,
          witnesses.get(chain) ?? null,
        ),
      ),
  ])
  const heads = loaded.map((head) => withoutDistrusted(head, quarantines.get(head.chain)))
  const newest = context.choose(heads, context.now, null)
  const isNewest = time === null || (isLatestAllowed && time > newest.time)
  const choice = isNewest ? newest : context.choose(heads, context.now, time, at?.kind === 'block' ? at.chain : null)
  const chains = await Promise.all(
    choice.included.map(async (chain): Promise<[string, CutChain]> => {
      const head = heads.find((candidate) => candidate.chain === chain)!
      const { chainId } = context.chains[chain]!
      const block = await blockAt(snapshot, head, chainId, choice.time)
      return [chain, { chainId, ...block, finality: head.finality, lagSeconds: choice.time - block.timestamp }]
    }),
  )
  const cut = { time: choice.time, chains: Object.fromEntries(chains), excluded: choice.excluded }
  return { cut, schemas, quarantines }
}

/** Reads the facts about the accounts as they stood at the cut, and what they had agreed with the venue, if one is named. */
export async function loadFacts(
  snapshot: Snapshot,
  { cut, schemas, quarantines }: CutWithSchemas,
  reference: Reference,
  accounts: readonly string[],
  venue: string | null,
  readPools: PoolReader,
): Promise<Facts> {
  const loaded = Promise.all(
    Object.entries(cut.chains).map(
      async ([chain, { chainId, blockNumber, blockHash }]): Promise<[string, ChainFacts]> => {
        const feeds = feedsOf(reference, chain)
        const question = {
          schema: schemas.get(chain)!,
          chainId,
          blockNumber,
          blockHash,
          accounts,
          feeds,
          vaults: wrapperVaults(reference, chain),
          poolWindowStart: cut.time - poolWindowSeconds,
        }
        const facts = await loadChainFacts(snapshot, question, readPools)
        const distrusted = quarantines.get(chain)
        return [chain, distrusted === undefined ? facts : { ...facts, quarantines: distrusted }]
      },
    ),
  )
  const [chains, agreements] = await Promise.all([
    loaded,
    venue === null ? null : loadAgreements(snapshot, venue, accounts, cut.time),
  ])
  const facts = { reference, chains: Object.fromEntries(chains) }
  return agreements === null ? facts : { ...facts, agreements }
}

/** Reads what every configured feed said before the cut. */
export async function loadHistory(
  snapshot: Snapshot,
  { cut, schemas }: CutWithSchemas,
  reference: Reference,
  span: HistorySpan,
  read: PriceHistory,
): Promise<NonNullable<Facts['history']>> {
  const chains = await Promise.all(
    Object.entries(cut.chains).map(async ([chain, { chainId, blockNumber, blockHash }]) => {
      const block = { schema: schemas.get(chain)!, chainId, blockNumber, blockHash }
      const feeds = [...new Set(feedsOf(reference, chain))].sort()
      return [chain, await read(snapshot, { ...block, time: cut.time, feeds, span })] as const
    }),
  )
  return Object.fromEntries(chains)
}

function feedsOf(reference: Reference, chain: string): readonly string[] {
  return reference.feeds.filter((feed) => feed.chain === chain).map(({ feed }) => feed)
}

/** Tokens that are vaults and say themselves what they can be exchanged for. */
function wrapperVaults({ assets }: Reference, chain: string): readonly string[] {
  return Object.values(assets).flatMap(({ redeemsTo, tokens }) =>
    redeemsTo?.via === 'erc4626' && tokens[chain] !== undefined ? [tokens[chain]] : [],
  )
}

async function blockAt(snapshot: Snapshot, head: LoadedHead, chainId: number, time: number): Promise<IndexedBlock> {
  if (head.tip!.timestamp <= time) return head.tip!
  const block = await loadBlockAt(snapshot, head.schema!, chainId, time)
  if (block === null) throw new AtNotIndexedError(`chain ${head.chain} has no block at or before the cut`)
  return block
}

async function timeOf(
  snapshot: Snapshot,
  context: ReadContext,
  schemas: ReadonlyMap<string, string>,
  at: At,
): Promise<number> {
  if (at.kind === 'time') return at.time
  const settings = Object.hasOwn(context.chains, at.chain) ? context.chains[at.chain] : undefined
  if (settings === undefined) throw new UnknownChainError(at.chain, Object.keys(context.chains).sort())
  const schema = schemas.get(at.chain)
  const time = schema === undefined ? null : await loadBlockTime(snapshot, schema, settings.chainId, at.blockNumber)
  if (time === null) throw new AtNotIndexedError(`block ${at.blockNumber} of ${at.chain} is not indexed`)
  return time
}
