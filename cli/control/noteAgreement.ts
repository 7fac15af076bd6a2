import { sql } from 'drizzle-orm'
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import type pg from 'pg'
import { control } from '../../src/api/read/offchain/schema'
import { AgreementTooEarlyError, IndexBusyError, NoTimeKnownError } from './errors'
import type { Agreement, NotedAgreement } from './types'

/** When an agreement is to begin. */
export type Beginning = {
  /** Unix seconds; `null` = as early as can be. */
  readonly since: number | null
  /** Unix seconds of the wall clock; `null` where the chains are the clock. */
  readonly now: number | null
}

const defaultPatienceSeconds = 15

/** PostgreSQL's `lock_not_available`. */
const lockTimeout = '55P03'

/**
 * Adds an agreement. It begins after every indexed block, so that it changes no answer already given: while it is written nothing can be
 * indexed, hence no answer about a later instant can be under way without it.
 * @throws AgreementTooEarlyError, NoTimeKnownError, IndexBusyError
 */
export async function noteAgreement(
  pool: pg.Pool,
  agreement: Agreement,
  beginning: Beginning,
  patienceSeconds = defaultPatienceSeconds,
): Promise<NotedAgreement> {
  try {
    return await drizzle(pool).transaction(async (transaction) => {
      await transaction.execute(sql.raw(`SET LOCAL lock_timeout = '${patienceSeconds * 1000}ms'`))
      const since = sinceOf(beginning, await holdIndexedTime(transaction))
      const [noted] = await transaction
        .insert(control)
        .values({ ...agreement, since })
        .returning({ notedAt: control.notedAt })
      return { ...agreement, since, notedAt: noted!.notedAt }
    })
  } catch (error) {
    if ((error as { code?: string }).code === lockTimeout) throw new IndexBusyError(patienceSeconds)
    throw error
  }
}

function sinceOf({ since, now }: Beginning, indexedTo: number | null): number {
  if (since !== null) {
    if (indexedTo !== null && since <= indexedTo) throw new AgreementTooEarlyError(since, indexedTo)
    return since
  }
  if (now === null && indexedTo === null) throw new NoTimeKnownError()
  return Math.max(now ?? 0, (indexedTo ?? 0) + 1)
}

/**
 * The newest block time of any schema that answers are read from, in unix seconds, `null` without blocks; until the transaction ends no block
 * and no schema is added. Readers are not held up.
 */
async function holdIndexedTime(transaction: Pick<NodePgDatabase, 'execute'>): Promise<number | null> {
  await transaction.execute(sql`LOCK TABLE offchain.deployment IN SHARE MODE`)
  const { rows: live } = await transaction.execute<{ schema: string }>(
    sql`SELECT schema FROM offchain.deployment WHERE state = 'live' ORDER BY schema`,
  )
  let newest: number | null = null
  for (const { schema } of live) {
    const blocks = sql`${sql.identifier(schema)}.block`
    await transaction.execute(sql`LOCK TABLE ${blocks} IN SHARE MODE`)
    const { rows } = await transaction.execute<{ timestamp: string }>(
      sql`SELECT timestamp::text FROM ${blocks} ORDER BY chain_id DESC, number DESC LIMIT 1`,
    )
    if (rows[0] !== undefined) newest = Math.max(newest ?? 0, Number(rows[0].timestamp))
  }
  return newest
}
