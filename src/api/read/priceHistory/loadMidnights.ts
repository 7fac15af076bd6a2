import type { Snapshot } from '../database'
import { qualify } from '../qualify'

/** The last indexed block at or before the midnight with which a day begins; days are counted from 1970-01-01 UTC. */
export interface Midnight {
  readonly day: number
  readonly blockNumber: string
  readonly blockHash: string
}

export const daySeconds = 86_400

interface Row {
  readonly day: string
  readonly number: string
  readonly hash: string
}

/**
 * Finds the block of each midnight, by bisection on the primary key: blocks are ordered in time. All days travel in one statement, so that
 * a year of them is planned once.
 * @returns by day, ascending; a day that began before the first indexed block is left out.
 */
export async function loadMidnights(
  snapshot: Snapshot,
  schema: string,
  chainId: number,
  days: readonly number[],
): Promise<readonly Midnight[]> {
  if (days.length === 0) return []
  const table = qualify(schema, 'block')
  const rows = await snapshot.rows<Row>(
    `SELECT wanted.day::text AS day, found.number, found.hash
     FROM unnest($2::text[]::bigint[]) AS wanted (day)
     CROSS JOIN LATERAL (
       WITH RECURSIVE search (low, high) AS (
         SELECT min(number), max(number) FROM ${table} WHERE chain_id = $1
         UNION ALL
         SELECT CASE WHEN early THEN reached ELSE low END, CASE WHEN early THEN high ELSE middle - 1 END
         FROM (
           SELECT low, high, middle, probe.number AS reached,
             COALESCE(probe.number <= high AND probe.timestamp <= wanted.day * ${daySeconds}, false) AS early
           FROM (SELECT low, high, div(low + high + 1, 2) AS middle FROM search WHERE low < high) halves
           LEFT JOIN LATERAL (
             SELECT number, timestamp FROM ${table} WHERE chain_id = $1 AND number >= middle ORDER BY number LIMIT 1
           ) probe ON true
         ) step
       )
       SELECT number, hash FROM ${table}
       WHERE chain_id = $1 AND number = (SELECT low FROM search WHERE low >= high)
         AND timestamp <= wanted.day * ${daySeconds}
     ) found
     ORDER BY wanted.day`,
    [chainId, days.map(String)],
  )
  return rows.map(({ day, number, hash }) => ({ day: Number(day), blockNumber: number, blockHash: hash }))
}
