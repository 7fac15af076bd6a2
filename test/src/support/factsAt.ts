import type pg from 'pg'

export type FactRow = Readonly<Record<string, string | null>>

const keys = {
  market: ['protocol', 'market'],
  market_state: ['protocol', 'market'],
  market_parameters: ['protocol', 'market'],
  position: ['account', 'protocol', 'market', 'side'],
  lending_account: ['account', 'protocol', 'unit'],
  vault_state: ['vault'],
  feed: ['feed'],
  price: ['feed'],
} as const

/** The rows of a fact table as they stood at the end of a block; every column as text. */
export async function factsAt(
  pool: pg.Pool,
  schema: string,
  table: keyof typeof keys,
  block: bigint,
): Promise<FactRow[]> {
  const key = keys[table].join(', ')
  const { rows } = await pool.query(
    `SELECT DISTINCT ON (${key}) * FROM "${schema}".${table}_history WHERE block_number <= $1 ORDER BY ${key}, block_number DESC`,
    [String(block)],
  )
  return rows.map((row) =>
    Object.fromEntries(Object.entries(row).map(([column, value]) => [column, value === null ? null : textOf(value)])),
  )
}

function textOf(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
