import { chooseCut } from './chooseCut'
import type { Cut, CutChain, IndexedBlock, Tier } from './cut'
import type { Snapshot } from './database'
import { AtNotIndexedError, UnknownChainError } from './errors'
import type { Facts, Reference } from './facts'
import { loadChainFacts } from './loadChainFacts'
import {
  type ChainSettings,
  type LoadedHead,
  loadBlockAt,
  loadBlockTime,
  loadHead,
  loadSchemas,
  type TierBlocks,
} from './loadHeads'

/** A past instant as it was asked for. */
export type At =
  | { readonly kind: 'time'; readonly time: number }
  | { readonly kind: 'block'; readonly chain: string; readonly blockNumber: string }

export interface ReadContext {
  readonly chains: Readonly<Record<string, ChainSettings>>
  readonly reference: Reference
  /** Unix seconds by the wall clock; `null` to compare the chains with each other only. */
  readonly now: number | null
  readonly tiersOf: (chain: string) => TierBlocks | null
}

export interface CutWithSchemas {
  readonly cut: Cut
  readonly schemas: ReadonlyMap<string, string>
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
  const schemas = await loadSchemas(snapshot)
  const heads: LoadedHead[] = []
  for (const chain of Object.keys(context.chains).sort()) {
    heads.push(
      await loadHead(snapshot, chain, context.chains[chain]!, schemas.get(chain) ?? null, tier, context.tiersOf(chain)),
    )
  }
  const time = at === null ? null : await timeOf(snapshot, context, schemas, at)
  const newest = chooseCut(heads, context.now, null)
  const isNewest = time === null || (isLatestAllowed && time > newest.time)
  const choice = isNewest ? newest : chooseCut(heads, context.now, time)
  const chains: Record<string, CutChain> = {}
  for (const chain of choice.included) {
    const head = heads.find((candidate) => candidate.chain === chain)!
    const { chainId } = context.chains[chain]!
    const block = await blockAt(snapshot, head, chainId, choice.time)
    chains[chain] = { chainId, ...block, finality: head.finality, lagSeconds: choice.time - block.timestamp }
  }
  return { cut: { time: choice.time, chains, excluded: choice.excluded }, schemas }
}

/** Reads the facts about the accounts as they stood at the cut. */
export async function loadFacts(
  snapshot: Snapshot,
  { cut, schemas }: CutWithSchemas,
  reference: Reference,
  accounts: readonly string[],
): Promise<Facts> {
  const chains: Facts['chains'] = Object.fromEntries(
    await inOrder(Object.entries(cut.chains), async ([chain, { chainId, blockNumber }]) => [
      chain,
      await loadChainFacts(snapshot, {
        schema: schemas.get(chain)!,
        chainId,
        blockNumber,
        accounts,
        feeds: reference.feeds.filter((feed) => feed.chain === chain).map(({ feed }) => feed),
      }),
    ]),
  )
  return { reference, chains }
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

/** One after the other: a transaction has one connection. */
async function inOrder<T, R>(items: readonly T[], each: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  for (const item of items) results.push(await each(item))
  return results
}
