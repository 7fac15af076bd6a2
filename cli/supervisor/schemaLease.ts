import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { log } from '../log'

/** The sole right to run an indexer on a schema: a session of the database that ends with this process, however that ends. */
export type SchemaLease = { release(): Promise<void> }

const lingerMilliseconds = 3_000

/**
 * Takes the lease of a schema; `undefined` when another process holds it. The holder knows that no other supervised indexer
 * writes to the schema, so a lock that a killed one left in Ponder's own table is cleared here instead of being waited for.
 * @throws Error of the database.
 */
export async function takeSchemaLease(databaseUrl: string, schema: string): Promise<SchemaLease | undefined> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'crossmargin_lease' })
  client.on('error', (error) => log.warn({ err: error, part: schema }, 'lost the database connection'))
  await client.connect()
  const { rows } = await client.query('SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS taken', [schema])
  if (rows[0].taken !== true) {
    await client.end()
    return undefined
  }
  if (await isUnused(client, schema)) await clearStaleLock(client, schema)
  return { release: () => client.end().catch(() => undefined) }
}

/** No session of an indexer on this schema is left. Those of a killed one go as soon as the server notices; that is waited for. */
async function isUnused(client: pg.Client, schema: string): Promise<boolean> {
  for (const deadline = Date.now() + lingerMilliseconds; ; await sleep(100)) {
    const { rowCount } = await client.query('SELECT 1 FROM pg_stat_activity WHERE application_name = ANY($1)', [
      ['internal', 'user', 'readonly'].map((pool) => `${schema}_${pool}`),
    ])
    if (rowCount === 0) return true
    if (Date.now() > deadline) return false
  }
}

/** What Ponder itself does to its row when it ends in good order. */
async function clearStaleLock(client: pg.Client, schema: string): Promise<void> {
  const meta = `${client.escapeIdentifier(schema)}._ponder_meta`
  const { rows } = await client.query('SELECT to_regclass($1) IS NOT NULL AS present', [meta])
  if (rows[0].present !== true) return
  const { rowCount } = await client.query(
    `UPDATE ${meta} SET value = jsonb_set(value, '{is_locked}', to_jsonb(0)) WHERE key = 'app' AND value->>'is_locked' = '1'`,
  )
  if (rowCount === 1) log.info({ part: schema }, 'cleared the lock of an indexer that was killed')
}
