import { join } from 'node:path'
import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate } from 'drizzle-orm/node-postgres/migrator'
import pg from 'pg'
import { projectRoot } from '../projectRoot'
import { DatabaseError } from './DatabaseError'

/** Any fixed number: whoever holds this advisory lock migrates, the others wait and find the work done. */
const migrationLock = 7_720_150_201

/**
 * Brings the `offchain` schema up to date. Safe when several processes start at once.
 * @throws DatabaseError when the database cannot be reached or refuses.
 */
export async function migrateOffchain(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'crossmargin_migrate' })
  try {
    await client.connect()
    await client.query('SELECT pg_advisory_lock($1)', [migrationLock])
    await migrate(drizzle(client), {
      migrationsFolder: join(projectRoot(), 'src/api/read/offchain/migrations'),
      migrationsSchema: 'offchain',
      migrationsTable: 'migration',
    })
  } catch (error) {
    throw new DatabaseError(
      `the database at ${withoutPassword(databaseUrl)} cannot be used: ${describe(error)}; check DATABASE_URL`,
    )
  } finally {
    // Ends the session and with it the lock.
    await client.end().catch(() => undefined)
  }
}

export function withoutPassword(databaseUrl: string): string {
  return databaseUrl.replace(/^([^:]+:\/\/[^:/@]*):[^@]*@/, '$1@')
}

function describe(error: unknown): string {
  const { message, code, cause } = error as { message?: string; code?: string; cause?: { message?: string } }
  return [cause?.message ?? message, code].filter(Boolean).join(' ')
}
