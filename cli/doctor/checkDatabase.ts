import pg from 'pg'
import { withoutPassword } from '../database/migrateOffchain'
import { startDatabase } from '../database/startDatabase'
import { DirectoryInUseError, lockDirectory } from '../processes/lockDirectory'
import { readRunFile } from '../processes/runFile'
import type { Settings } from '../settings'
import { type Finding, finding, reasonOf } from './finding'

/** Connects to the configured database, to the embedded one of a running product, or starts and stops the embedded one. */
export async function checkDatabase({ databaseUrl, dataDirectory }: Settings): Promise<Finding[]> {
  if (databaseUrl !== undefined) return connect(databaseUrl, `database ${withoutPassword(databaseUrl)}`)
  let unlock: () => void
  try {
    unlock = lockDirectory(dataDirectory)
  } catch (error) {
    const url = readRunFile(dataDirectory)?.database?.url
    if (error instanceof DirectoryInUseError && url !== undefined) return connect(url, 'embedded database (running)')
    return [finding('error', `data directory ${dataDirectory}`, reasonOf(error))]
  }
  try {
    const database = await startDatabase(dataDirectory)
    try {
      return await connect(database.url, 'embedded database')
    } finally {
      await database.stop()
    }
  } catch (error) {
    return [finding('error', 'embedded database', (error as Error).message)]
  } finally {
    unlock()
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
