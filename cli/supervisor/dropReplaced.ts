import { setTimeout as sleep } from 'node:timers/promises'
import { and, eq, ne } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/node-postgres'
import { alias } from 'drizzle-orm/pg-core'
import type pg from 'pg'
import { deployment } from '../../src/api/read/offchain/schema'
import { log } from '../log'
import { takeSchemaLease } from './schemaLease'

/** No answer takes longer than its statements may. */
const longestAnswerMilliseconds = 30_000
const pollMilliseconds = 250

/**
 * Drops what code and configuration of the serving schema built and what does not serve: a schema that was replaced, or that was to replace it and did not come to it.
 * Waits for answers that began before; leaves alone what another process indexes.
 */
export async function dropReplaced(
  { pool, databaseUrl }: { readonly pool: pg.Pool; readonly databaseUrl: string },
  chain: string,
  signal: AbortSignal,
): Promise<void> {
  const live = alias(deployment, 'live')
  const rows = await drizzle(pool)
    .select({ schema: deployment.schema })
    .from(deployment)
    .innerJoin(live, and(eq(live.chain, deployment.chain), eq(live.source, deployment.source), eq(live.state, 'live')))
    .where(and(eq(deployment.chain, chain), ne(deployment.state, 'live')))
  if (rows.length === 0) return
  await untilUnread(pool, signal)
  for (const { schema } of rows) {
    if (signal.aborted) return
    const lease = await takeSchemaLease(databaseUrl, schema)
    if (lease === undefined) continue
    try {
      await pool.query(`DROP SCHEMA IF EXISTS "${schema}" CASCADE`)
      await drizzle(pool)
        .delete(deployment)
        .where(and(eq(deployment.chain, chain), eq(deployment.schema, schema)))
      log.info({ chain, schema }, 'dropped; another schema has taken its place')
    } finally {
      await lease.release()
    }
  }
}

/** Until every answer has ended that may have begun when another schema served. */
async function untilUnread(pool: pg.Pool, signal: AbortSignal): Promise<void> {
  const { rows } = await pool.query<{ now: Date }>('SELECT clock_timestamp() AS now')
  for (const deadline = Date.now() + longestAnswerMilliseconds; Date.now() < deadline && !signal.aborted; ) {
    const { rowCount } = await pool.query(
      `SELECT 1 FROM pg_stat_activity
       WHERE datname = current_database() AND application_name = 'crossmargin-api' AND xact_start < $1 LIMIT 1`,
      [rows[0]!.now],
    )
    if (rowCount === 0) return
    await sleep(pollMilliseconds, undefined, { signal }).catch(() => undefined)
  }
}
