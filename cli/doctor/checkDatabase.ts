import pg from 'pg'
import { DatabaseError } from '../database/DatabaseError'
import { withoutPassword } from '../database/migrateOffchain'
import { type ReachedDatabase, reachDatabase } from '../database/reachDatabase'
import type { Settings } from '../settings'
import { type Finding, finding, reasonOf } from './finding'

const subjects = { running: 'embedded database (running)', started: 'embedded database' } as const

/** Connects to the configured database, to the embedded one of a running product, or starts and stops the embedded one. */
export async function checkDatabase(settings: Settings): Promise<Finding[]> {
  let database: ReachedDatabase
  try {
    database = await reachDatabase(settings)
  } catch (error) {
    const subject = error instanceof DatabaseError ? subjects.started : `data directory ${settings.dataDirectory}`
    return [finding('error', subject, error instanceof DatabaseError ? error.message : reasonOf(error))]
  }
  const { kind, url } = database
  try {
    return await connect(url, kind === 'configured' ? `database ${withoutPassword(url)}` : subjects[kind])
  } finally {
    await database.stop()
  }
}

async function connect(url: string, subject: string): Promise<Finding[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 8_000 })
  try {
    await client.connect()
    const { rows } = await client.query(
      "SELECT current_setting('server_version') AS version, has_database_privilege(current_database(), 'CREATE') AS create",
    )
    if (rows[0].create !== true) {
      return [finding('error', subject, 'the user may not create schemas; grant CREATE on the database to it')]
    }
    return [finding('ok', subject, `PostgreSQL ${rows[0].version}`)]
  } catch (error) {
    return [finding('error', subject, `cannot be used (${reasonOf(error)}); check DATABASE_URL`)]
  } finally {
    await client.end().catch(() => undefined)
  }
}
