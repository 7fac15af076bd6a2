import type { Snapshot } from '../database'
import type { CloseFact } from '../facts'
import { qualify } from '../qualify'
import { loadCloses } from './loadCloses'
import { daySeconds, loadMidnights, type Midnight } from './loadMidnights'
import type { HistoryQuestion } from './types'

export interface Closes {
  /** By feed, oldest first. The same object as long as nothing in it changed. */
  readonly byFeed: ReadonlyMap<string, readonly CloseFact[]>
  /** The block of a midnight; `null` before the first indexed block. */
  midnightOf(day: number): Midnight | null
}

interface Kept {
  /** Ascending, without gaps. */
  readonly midnights: readonly Midnight[]
  readonly first: number
  readonly last: number
  readonly closes: ReadonlyMap<string, readonly CloseFact[]>
  /** What was served last, by the days it spans. */
  readonly served: Map<string, ReadonlyMap<string, readonly CloseFact[]>>
}

interface BlockRow {
  readonly number: string
  readonly hash: string
  readonly timestamp: string
}

/**
 * Daily closes of every feed of a chain, read once. A block's hash commits to all blocks below it, so what was read stands as long as the
 * block of its newest midnight is still there and still the last one before that midnight; a reorganisation that crosses a midnight, however
 * deep, therefore replaces everything. Costs one small query per request, and one midnight a day.
 */
export function createCloseCache(): (snapshot: Snapshot, question: HistoryQuestion) => Promise<Closes> {
  const keptBySchema = new Map<string, Kept>()

  const load = async (snapshot: Snapshot, question: HistoryQuestion, days: readonly number[]) => {
    const { schema, chainId, feeds } = question
    const midnights = await loadMidnights(snapshot, schema, chainId, days)
    return { midnights, closes: await loadCloses(snapshot, schema, chainId, feeds, midnights) }
  }

  return async (snapshot, question) => {
    const { schema, time, span, feeds } = question
    const last = Math.floor(time / daySeconds)
    const first = Math.min(last - span.days + 1, Math.floor((time - span.answersSeconds) / daySeconds))
    const known = keptBySchema.get(schema)
    const [oldest, isKnownValid] = await Promise.all([
      loadOldestTime(snapshot, question),
      known === undefined ? false : isStanding(snapshot, question, known),
    ])
    // Midnights before the first block have no answer, and nothing of them has to be read.
    const from = oldest === null ? last + 1 : Math.max(first, Math.ceil(oldest / daySeconds))
    if (from > last) return { byFeed: new Map(feeds.map((feed) => [feed, []])), midnightOf: () => null }
    let kept = isKnownValid ? known! : null
    if (kept === null || from < kept.first || last > kept.last) {
      const wanted = range(Math.min(from, kept?.first ?? from), Math.max(last, kept?.last ?? last))
      const missing = wanted.filter((day) => kept === null || day < kept.first || day > kept.last)
      const loaded = await load(snapshot, question, missing)
      kept = merge(kept, loaded, feeds, wanted)
      keptBySchema.set(schema, kept)
    }
    return serve(kept, feeds, from, last)
  }
}

function merge(
  kept: Kept | null,
  loaded: Pick<Kept, 'midnights' | 'closes'>,
  feeds: readonly string[],
  days: readonly number[],
): Kept {
  return {
    first: days[0]!,
    last: days.at(-1)!,
    midnights: [...(kept?.midnights ?? []), ...loaded.midnights].sort((a, b) => a.day - b.day),
    closes: new Map(
      feeds.map((feed) => [
        feed,
        [...(kept?.closes.get(feed) ?? []), ...(loaded.closes.get(feed) ?? [])].sort(([a], [b]) => a - b),
      ]),
    ),
    served: new Map(),
  }
}

function serve(kept: Kept, feeds: readonly string[], from: number, last: number): Closes {
  const key = `${from} ${last}`
  const byFeed =
    kept.served.get(key) ??
    new Map(feeds.map((feed) => [feed, kept.closes.get(feed)!.filter(([day]) => day >= from && day <= last)]))
  // Only the newest days are asked for again and again.
  if (last === kept.last) kept.served.set(key, byFeed)
  return { byFeed, midnightOf: (day) => kept.midnights.find((midnight) => midnight.day === day) ?? null }
}

async function loadOldestTime(snapshot: Snapshot, { schema, chainId }: HistoryQuestion): Promise<number | null> {
  const [row] = await snapshot.rows<{ timestamp: string }>(
    `SELECT timestamp FROM ${qualify(schema, 'block')} WHERE chain_id = $1 ORDER BY number LIMIT 1`,
    [chainId],
  )
  return row === undefined ? null : Number(row.timestamp)
}

/** Whether the newest kept midnight's block is still there, and still the last before that midnight. */
async function isStanding(snapshot: Snapshot, { schema, chainId }: HistoryQuestion, kept: Kept): Promise<boolean> {
  const newest = kept.midnights.at(-1)
  if (newest === undefined) return false
  const [block, next] = await snapshot.rows<BlockRow>(
    `SELECT number, hash, timestamp FROM ${qualify(schema, 'block')}
     WHERE chain_id = $1 AND number >= $2 ORDER BY number LIMIT 2`,
    [chainId, newest.blockNumber],
  )
  if (block?.number !== newest.blockNumber || block.hash !== newest.blockHash) return false
  return next === undefined || Number(next.timestamp) > newest.day * daySeconds
}

function range(first: number, last: number): readonly number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index)
}
