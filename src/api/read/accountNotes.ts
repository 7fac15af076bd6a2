import { Pool } from 'pg'
import { noteAccounts } from './noteAccounts'

/** Where accounts are noted to be hydrated, by whoever follows their chain. */
export interface AccountNotes {
  note(chainId: number, accounts: readonly string[]): Promise<void>
  close(): Promise<void>
}

export function openAccountNotes(databaseUrl: string): AccountNotes {
  const pool = new Pool({
    connectionString: databaseUrl,
    max: 1,
    application_name: 'crossmargin-api-notes',
    connectionTimeoutMillis: 15_000,
    statement_timeout: 15_000,
  })
  // A connection that breaks while idle is replaced on the next use; the next use says if it cannot be.
  pool.on('error', () => undefined)
  return {
    note: (chainId, accounts) => noteAccounts(pool, chainId, accounts),
    close: () => pool.end(),
  }
}
