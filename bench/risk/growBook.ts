import type pg from 'pg'

export interface BookGrowth {
  readonly schema: string
  /** The account whose positions the others get. */
  readonly account: string
  readonly accounts: number
}

const tables = ['position', 'lending_account'] as const

/** Gives as many made-up accounts the positions of a real one, in the current tables and in history. */
export async function growBook(client: pg.Client, { schema, account, accounts }: BookGrowth): Promise<void> {
  for (const table of tables.flatMap((name) => [name, `${name}_history`])) {
    const { rows } = await client.query<{ name: string }>(
      `SELECT column_name AS name FROM information_schema.columns
       WHERE table_schema = $1 AND table_name = $2 ORDER BY ordinal_position`,
      [schema, table],
    )
    const values = rows.map(({ name }) => (name === 'account' ? `'0x' || lpad(to_hex(n), 40, '0')` : `"${name}"`))
    await client.query(
      `INSERT INTO "${schema}"."${table}" SELECT ${values.join(', ')}
       FROM "${schema}"."${table}", generate_series(1, ${accounts}) n WHERE account = $1`,
      [account],
    )
  }
  await client.query('VACUUM ANALYZE')
}
