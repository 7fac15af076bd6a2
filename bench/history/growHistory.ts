import type pg from 'pg'

export interface Growth {
  /** The schema to start from. */
  readonly from: string
  /** Name of the chain the grown schema, `bench_<chain>`, is to serve. */
  readonly chain: string
  readonly account: string
  readonly rows: number
}

/** Copies a schema and goes on with its history: one block after another in which the account's positions and their markets change. */
export async function growHistory(client: pg.Client, { from, chain, account, rows }: Growth): Promise<void> {
  const to = `bench_${chain}`
  const query = (text: string) => client.query(text.replaceAll('FROM_', `"${from}".`).replaceAll('TO_', `"${to}".`))
  await client.query(`CREATE SCHEMA "${to}"`)
  const { rows: tables } = await client.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = $1 AND table_type = 'BASE TABLE'`,
    [from],
  )
  for (const { name } of tables) {
    await query(`CREATE TABLE TO_"${name}" (LIKE FROM_"${name}" INCLUDING ALL)`)
    await query(`INSERT INTO TO_"${name}" SELECT * FROM FROM_"${name}"`)
  }
  await query(`
    INSERT INTO TO_block SELECT chain_id, number + n, '0x' || lpad(to_hex(n), 64, '0'), timestamp + n
    FROM (SELECT * FROM TO_block ORDER BY number DESC LIMIT 1) newest, generate_series(1, ${rows}) n`)
  await continueRows(client, to, 'position_history', rows, `account = '${account}'`)
  await continueRows(
    client,
    to,
    'market_state_history',
    rows,
    `market IN (SELECT market FROM TO_position WHERE account = '${account}')`,
  )
  // Prices as fresh at the end of either history, so that the same is computed over both.
  await query('UPDATE TO_price_history SET updated_at = (SELECT max(timestamp) FROM TO_block)')
  await query(`
    UPDATE TO__ponder_checkpoint SET latest_checkpoint = overlay(latest_checkpoint PLACING
      lpad((SELECT max(number) FROM TO_block)::text, 16, '0') || '9999999999999999' FROM 27 FOR 32)`)
  await client.query(
    `INSERT INTO offchain.deployment (chain, schema, state, resolved, source, identity, live_since)
     VALUES ($1, $2, 'live', '{}', 'bench', 'bench', now())`,
    [chain, to],
  )
  await client.query('VACUUM ANALYZE')
}

/** Repeats the last history row of every key in each of the following blocks. */
async function continueRows(client: pg.Client, schema: string, table: string, rows: number, filter: string) {
  const { rows: columns } = await client.query<{ name: string }>(
    `SELECT column_name AS name FROM information_schema.columns WHERE table_schema = $1 AND table_name = $2 ORDER BY ordinal_position`,
    [schema, table],
  )
  const values = columns.map(({ name }) => (/^block_(number|timestamp)$/.test(name) ? `"${name}" + n` : `"${name}"`))
  const keys = columns
    .map(({ name }) => name)
    .filter((name) => ['account', 'protocol', 'market', 'side'].includes(name))
  await client.query(`
    INSERT INTO "${schema}"."${table}" SELECT ${values.join(', ')}
    FROM (
      SELECT DISTINCT ON (${keys.join(', ')}) * FROM "${schema}"."${table}"
      WHERE ${filter.replaceAll('TO_', `"${schema}".`)} ORDER BY ${keys.join(', ')}, block_number DESC
    ) last, generate_series(1, ${rows}) n ON CONFLICT DO NOTHING`)
}
