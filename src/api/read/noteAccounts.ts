import type { Pool } from 'pg'

/** Notes accounts to be hydrated. Those that were noted before keep what was read of them. */
export async function noteAccounts(pool: Pool, chainId: number, accounts: readonly string[]): Promise<void> {
  await pool.query(
    `INSERT INTO offchain.hydration (chain_id, account) SELECT $1, account FROM unnest($2::text[]) AS account
     ON CONFLICT (chain_id, account) DO NOTHING`,
    [chainId, accounts],
  )
}
