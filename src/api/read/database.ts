/** One pool per process, one consistent snapshot per answer. */
import type { Pool, PoolClient } from 'pg'
import { batchedSnapshot, type Value } from './batchedSnapshot'
import { DatabaseUnavailableError, NothingIndexedError } from './errors'
import { openPool } from './openPool'

export interface Database {
  /** Runs `read` inside one read-only REPEATABLE READ transaction: every query in it sees the same instant of the database. */
  snapshot<T>(read: (snapshot: Snapshot) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** A row as it leaves the database: integers of any size are decimal strings, column names are camelCase. */
export type Row = Readonly<Record<string, unknown>>

export interface Snapshot {
  /** Rows of one SELECT. Queries asked for in the same turn of the event loop travel together, in one round trip. */
  rows<T = Row>(text: string, values?: readonly Value[]): Promise<readonly T[]>
}

export interface DatabaseOptions {
  readonly connections?: number
  /** Told about connections that break while idle; they are replaced on the next use. */
  readonly onError?: (error: Error) => void
}

/** Opens a pool. Connecting is left to the first read, so that a server can start before its database. */
export function openDatabase(url: string, { connections = 8, onError }: DatabaseOptions = {}): Database {
  const pool = openPool(url, { name: 'crossmargin-api', connections, onIdleError: onError })
  return {
    async snapshot(read) {
      const client = await connect(pool)
      let broken: Error | undefined
      try {
        await begin(client)
        const result = await read(batchedSnapshot((text) => query(client, text)))
        await client.query('COMMIT')
        return result
      } catch (error) {
        broken = error as Error
        throw error
      } finally {
        // A connection whose transaction failed is thrown away rather than trusted to be clean.
        client.release(broken)
      }
    },
    close: () => pool.end(),
  }
}

async function connect(pool: Pool): Promise<PoolClient> {
  try {
    return await pool.connect()
  } catch (error) {
    throw new DatabaseUnavailableError(error as Error)
  }
}

async function begin(client: PoolClient): Promise<void> {
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
  } catch (error) {
    throw new DatabaseUnavailableError(error as Error)
  }
}

async function query(client: PoolClient, text: string): Promise<readonly (readonly Row[])[]> {
  try {
    // Several statements give a list of results, one gives the result itself.
    const results = await client.query<Record<string, unknown>>(text)
    return [results].flat().map(({ rows }) => rows.map(toCamelCase))
  } catch (error) {
    if (isConnectionFailure(error)) throw new DatabaseUnavailableError(error as Error)
    if (isMissingRelation(error))
      throw new NothingIndexedError(
        `the tables are not there yet (${(error as Error).message}); is an indexer running, and a replica up to date?`,
      )
    throw error
  }
}

/** PostgreSQL classes 08 (connection), 57P (shutdown), 53 (resources), and sockets that broke. */
function isConnectionFailure(error: unknown): boolean {
  const code = (error as { code?: unknown }).code
  if (code === undefined) return (error as Error).message.startsWith('Connection terminated')
  return typeof code === 'string' && /^(08|57P|53|ECONN|EPIPE|ETIMEDOUT)/.test(code)
}

/** A schema or table that is not there: nothing was ever indexed here, or a retired schema was dropped meanwhile. */
function isMissingRelation(error: unknown): boolean {
  return ['42P01', '3F000'].includes((error as { code?: string }).code ?? '')
}

function toCamelCase(row: Record<string, unknown>): Row {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      value,
    ]),
  )
}
