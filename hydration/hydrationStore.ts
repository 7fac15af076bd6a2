/** What is to be hydrated, and what was read. Everything that is done stays done: an account is written whole, in one transaction. */
import type pg from 'pg'
import type { Address } from 'viem'
import { hydrationStands } from '../src/api/read/hydrationIsGood'
import { openingName } from '../src/api/read/loadBaselines'
import type { FinalBlock } from './finalBlock'
import type { HydratedAccount } from './readAccounts'
import type { HydrationSetting } from './readSetting'

/** After so long a hydration that left something out is tried again. */
const patienceSeconds = 60

/**
 * Those of the accounts, by default of all that were noted, that lack one of the contracts, or whose reading does not stand: it was at a block that has left the chain, or before the
 * index of a contract begins by now. What has just failed waits, unless it is asked for by name.
 */
export async function dueAccounts(
  pool: pg.Pool,
  { schema, chainId, openings }: HydrationSetting,
  { accounts, limit }: { readonly accounts?: readonly Address[]; readonly limit: number },
): Promise<readonly Address[]> {
  const { rows } = await pool.query<{ account: Address }>(
    `SELECT account FROM offchain.hydration h
     WHERE chain_id = $1 AND NOT COALESCE(contracts @> $2::text[] AND ${hydrationStands(schema, openings)}, false)
       AND CASE WHEN $3::text[] IS NULL THEN failure IS NULL OR tried_at < now() - make_interval(secs => ${patienceSeconds}) ELSE account = ANY($3) END
     ORDER BY requested_at, account LIMIT $4`,
    [chainId, openings.map(openingName), accounts ?? null, limit],
  )
  return rows.map(({ account }) => account)
}

/** Keeps what was read of accounts at a block, in the place of what was read before. */
export async function keepAccounts(
  pool: pg.Pool,
  chainId: number,
  { number, hash }: FinalBlock,
  read: readonly HydratedAccount[],
): Promise<void> {
  const accounts = read.map(({ account }) => account)
  const rows = read.flatMap(({ account, baselines }) => baselines.map((row) => ({ account, ...row })))
  const column = (name: 'account' | 'protocol' | 'market' | 'side') => rows.map((row) => row[name])
  const amount = (name: 'raw' | 'rate' | 'accruedAt') => rows.map((row) => row[name]?.toString() ?? null)
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    await client.query('BEGIN')
    await client.query('DELETE FROM offchain.baseline WHERE chain_id = $1 AND account = ANY($2)', [chainId, accounts])
    await client.query(
      `INSERT INTO offchain.baseline (chain_id, account, protocol, market, side, raw, rate, accrued_at, block_number, block_hash)
       SELECT $1, account, protocol, market, side, raw, rate, accrued_at, $2, $3
       FROM unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::numeric[], $9::numeric[], $10::numeric[])
         AS row (account, protocol, market, side, raw, rate, accrued_at)`,
      [
        ...[chainId, String(number), hash],
        ...[column('account'), column('protocol'), column('market'), column('side')],
        ...[amount('raw'), amount('rate'), amount('accruedAt')],
      ],
    )
    for (const { account, contracts, failure } of read)
      await client.query(
        `UPDATE offchain.hydration SET contracts = $3, block_number = $4, block_hash = $5, failure = $6, tried_at = now()
         WHERE chain_id = $1 AND account = $2`,
        [chainId, account, contracts, String(number), hash, failure],
      )
    await client.query('COMMIT')
  } catch (error) {
    broken = error as Error
    throw error
  } finally {
    client.release(broken)
  }
}

/** Notes that nothing could be read of accounts this time; what was read before stays. */
export async function noteFailure(
  pool: pg.Pool,
  chainId: number,
  accounts: readonly Address[],
  failure: string,
): Promise<void> {
  await pool.query(
    'UPDATE offchain.hydration SET failure = $3, tried_at = now() WHERE chain_id = $1 AND account = ANY($2)',
    [chainId, accounts, failure],
  )
}

/** Has all accounts of a chain read again; until they are, what was read of them counts for nothing. */
export async function forgetRead(pool: pg.Pool, chainId: number): Promise<void> {
  await pool.query(`UPDATE offchain.hydration SET contracts = '{}' WHERE chain_id = $1`, [chainId])
}
