import { noteAccounts } from './noteAccounts'
import { openPool } from './openPool'

/** Where accounts are noted to be hydrated, by whoever follows their chain. */
export interface AccountNotes {
  note(chainId: number, accounts: readonly string[]): Promise<void>
  close(): Promise<void>
}

export function openAccountNotes(databaseUrl: string): AccountNotes {
  const pool = openPool(databaseUrl, { name: 'crossmargin-api-notes', connections: 1 })
  return {
    note: (chainId, accounts) => noteAccounts(pool, chainId, accounts),
    close: () => pool.end(),
  }
}
