import type pg from 'pg'
import type { Random } from '../../../devnet/random'

/** A fact of which a row can be spoilt, and what must then be distrusted. */
interface Kind {
  readonly kind: 'position' | 'index' | 'parameter' | 'price' | 'block'
  readonly table: string
  readonly column: string
  readonly where: string
  readonly protocol: string
}

export interface Spoilt extends Kind {
  /** Which of its rows: what handlers go on from, what answers read, or both. */
  readonly rows: 'current' | 'history' | 'both'
  readonly key: string
}

const of = (
  kind: Kind['kind'],
  table: string,
  column: string,
  protocol: string,
  where = `protocol = '${protocol}'`,
): Kind => ({ kind, table, column, where, protocol })

const isFeed = "status = 'ok' AND length(feed) = 42"

/** Every kind at least twice, over every protocol. */
const kinds: readonly Kind[] = [
  of('position', 'position', 'raw', 'aave-v3'),
  of('index', 'market_state', 'supply_index', 'aave-v3', "protocol = 'aave-v3' AND supply_index > 0"),
  of(
    'parameter',
    'market_parameters',
    'liquidation_threshold',
    'compound-v3',
    "market LIKE '%:%' AND protocol = 'compound-v3'",
  ),
  of('price', 'price', 'answer', 'chainlink', isFeed),
  of('block', 'block', 'hash', 'blocks', 'true'),
  of('position', 'position', 'raw', 'morpho-blue'),
  of('index', 'market_state', 'supply_index', 'compound-v3', "market NOT LIKE '%:%' AND protocol = 'compound-v3'"),
  of(
    'parameter',
    'market_parameters',
    'liquidation_threshold',
    'aave-v3',
    "flags LIKE '%active%' AND protocol = 'aave-v3'",
  ),
  of('price', 'price', 'answer', 'morpho-blue', 'length(feed) = 50'),
  of('block', 'block', 'timestamp', 'blocks', 'true'),
  of('index', 'market_state', 'total_supply', 'compound-v3', "market NOT LIKE '%:%' AND protocol = 'compound-v3'"),
  of('index', 'market_state', 'borrow_index', 'aave-v3', "protocol = 'aave-v3' AND borrow_index > 0"),
  of('parameter', 'market_parameters', 'max_ltv', 'morpho-blue'),
  of('price', 'price', 'updated_at', 'chainlink', isFeed),
  of('position', 'position', 'raw', 'wallet'),
  of('index', 'market_state', 'borrow_index', 'morpho-blue'),
  of('parameter', 'market_parameters', 'max_ltv', 'aave-v3', "market LIKE '%:emode:%' AND protocol = 'aave-v3'"),
  of('position', 'position', 'raw', 'erc4626'),
  of('index', 'market_state', 'total_supply', 'aave-v3', "protocol = 'aave-v3' AND supply_index > 0"),
  of('block', 'block', 'hash', 'blocks', 'true'),
]

const keys: Readonly<Record<string, readonly string[]>> = {
  position: ['account', 'protocol', 'market', 'side'],
  market_state: ['protocol', 'market'],
  market_parameters: ['protocol', 'market'],
  price: ['feed'],
  block: ['number'],
}

/** Spoils a fact of a kind: a row drawn at random, by an amount drawn at random. */
export async function spoil(database: pg.Pool, schema: string, index: number, random: Random): Promise<Spoilt> {
  const kind = kinds[index]!
  const { table, column, where } = kind
  const parts = keys[table]!
  const { rows: found } = await database.query(
    `SELECT ${parts.join(', ')} FROM "${schema}".${table} WHERE ${where} ORDER BY ${parts.join(', ')}`,
  )
  const row = found[random.integer(0, found.length - 1)]
  const value =
    column === 'hash'
      ? `'0x${Array.from({ length: 64 }, () => random.integer(0, 15).toString(16)).join('')}'`
      : `${column} + ${random.integer(1, 99)}`
  const drawn = (['current', 'history', 'both'] as const)[random.integer(0, 2)]!
  const rows = table === 'block' ? 'current' : drawn
  const same = parts.map((part, index) => `t.${part} = $${index + 1}`).join(' AND ')
  const values = parts.map((part) => row[part])
  if (rows !== 'history')
    await overwrite(database, `UPDATE "${schema}".${table} t SET ${column} = ${value} WHERE ${same}`, values)
  if (rows !== 'current')
    await overwrite(
      database,
      `UPDATE "${schema}".${table}_history t SET ${column} = ${value} WHERE ${same}
       AND t.block_number = (SELECT max(block_number) FROM "${schema}".${table}_history t WHERE ${same})`,
      values,
    )
  return { ...kind, rows, key: values.join(' ') }
}

/** Changes rows as a disk would, without Ponder's triggers noticing. */
export async function overwrite(database: pg.Pool, statement: string, values: readonly unknown[] = []): Promise<void> {
  const client = await database.connect()
  try {
    await client.query('SET session_replication_role = replica')
    await client.query(statement, [...values])
  } finally {
    await client.query('RESET session_replication_role')
    client.release()
  }
}
