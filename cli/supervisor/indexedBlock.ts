import type pg from 'pg'

/** Number of the newest block in a schema; −1 before the first. */
export async function indexedBlock(pool: pg.Pool, schema: string, chainId: number): Promise<bigint> {
  const { rows } = await pool.query<{ number: string | null }>(
    `SELECT max(number)::text AS number FROM "${schema}".block WHERE chain_id = $1`,
    [chainId],
  )
  return BigInt(rows[0]?.number ?? -1)
}
