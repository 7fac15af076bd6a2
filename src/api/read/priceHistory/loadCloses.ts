import type { Snapshot } from '../database'
import type { CloseFact } from '../facts'
import { qualify } from '../qualify'
import type { Midnight } from './loadMidnights'

interface Row {
  readonly feed: string
  readonly day: string
  readonly updatedAt: string
  readonly answer: string
}

/** The answer standing at the end of each midnight's block, by feed; oldest first, days before a feed's first answer left out. */
export async function loadCloses(
  snapshot: Snapshot,
  schema: string,
  chainId: number,
  feeds: readonly string[],
  midnights: readonly Midnight[],
): Promise<ReadonlyMap<string, readonly CloseFact[]>> {
  if (feeds.length === 0 || midnights.length === 0) return new Map()
  const rows = await snapshot.rows<Row>(
    `SELECT wanted.feed, midnight.day, found.updated_at, found.answer
     FROM unnest($2::text[]) AS wanted (feed)
     CROSS JOIN unnest($3::text[], $4::text[]) AS midnight (day, number)
     CROSS JOIN LATERAL (
       SELECT h.updated_at, h.answer FROM ${qualify(schema, 'price_history')} h
       WHERE h.chain_id = $1 AND h.feed = wanted.feed AND h.block_number <= midnight.number::numeric
       ORDER BY h.block_number DESC LIMIT 1
     ) found
     ORDER BY wanted.feed COLLATE "C", midnight.day::bigint`,
    [chainId, feeds, midnights.map(({ day }) => String(day)), midnights.map(({ blockNumber }) => blockNumber)],
  )
  const closes = new Map<string, CloseFact[]>(feeds.map((feed) => [feed, []]))
  for (const { feed, day, updatedAt, answer } of rows) closes.get(feed)!.push([Number(day), Number(updatedAt), answer])
  return closes
}
