import type { Snapshot } from '../src/api/read/database'
import { qualify } from '../src/api/read/qualify'
import { mergeResults } from './judge'
import type { Drift, Results } from './types'

export interface RowsQuestion {
  readonly schema: string
  readonly chainId: number
  readonly accounts: readonly string[]
}

/** A table of current rows, each of which must be the last row of its history. */
interface FactPair {
  readonly name: string
  readonly key: readonly string[]
}

/** Facts that no protocol column names belong to these. */
const owners: Readonly<Record<string, string>> = {
  feed: 'chainlink',
  price: 'chainlink',
  pool: 'uniswap-v3',
  pool_state: 'uniswap-v3',
  pool_tick: 'uniswap-v3',
  vault: 'erc4626',
  vault_state: 'erc4626',
  vault_parameters: 'erc4626',
}

/** Oracles of single markets stand among the price sources under a longer key than an address. */
const addressLength = 42

/** Of one table; more are no more telling. */
const mostDifferences = 20

/**
 * What indexers read against what answers read: the current row of a fact is the last row of its history, column by column. Facts of accounts are looked at
 * for some accounts only, all others whole. Only what differs is in the results.
 */
export async function checkRows(snapshot: Snapshot, question: RowsQuestion): Promise<Results> {
  const pairs = await factPairs(snapshot, question.schema)
  const found = await Promise.all(pairs.map((pair) => differing(snapshot, question, pair)))
  return mergeResults(
    found.flat().map((drift) => new Map([[drift.protocol, { checked: 1, unread: 0, drifts: [drift] }]])),
  )
}

/** Every table with a twin of the same name and `_history`; Ponder's own begin with an underscore. */
function factPairs(snapshot: Snapshot, schema: string): Promise<readonly FactPair[]> {
  return snapshot.rows<FactPair>(
    `SELECT t.relname::text AS name, array_agg(a.attname::text ORDER BY array_position(i.indkey::int2[], a.attnum)) AS key
     FROM pg_class t
     JOIN pg_class twin ON twin.relnamespace = t.relnamespace AND twin.relname = t.relname || '_history'
     JOIN pg_index i ON i.indrelid = t.oid AND i.indisprimary
     JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = ANY(i.indkey)
     WHERE t.relnamespace = to_regnamespace($1) AND t.relname NOT LIKE '\\_%' GROUP BY t.relname ORDER BY t.relname`,
    [schema],
  )
}

type Columns = Readonly<Record<string, unknown>>

async function differing(
  snapshot: Snapshot,
  { schema, chainId, accounts }: RowsQuestion,
  { name, key }: FactPair,
): Promise<Drift[]> {
  const same = key.map((column) => `h."${column}" = c."${column}"`).join(' AND ')
  const isOfAccounts = key.includes('account')
  const rows = await snapshot.rows<{ readonly indexed: Columns; readonly history: Columns | null }>(
    `SELECT to_jsonb(c) AS indexed, to_jsonb(h) AS history
     FROM ${qualify(schema, name)} c
     LEFT JOIN LATERAL (
       SELECT * FROM ${qualify(schema, `${name}_history`)} h WHERE ${same} ORDER BY h.block_number DESC LIMIT 1
     ) h ON true
     WHERE c.chain_id = $1 ${isOfAccounts ? 'AND c.account = ANY($2)' : ''} AND to_jsonb(c) IS DISTINCT FROM to_jsonb(h)
     LIMIT ${mostDifferences}`,
    isOfAccounts ? [chainId, accounts] : [chainId],
  )
  return rows.map(({ indexed: current, history }) => {
    const last = history ?? {}
    const column = Object.keys(current).find((entry) => JSON.stringify(current[entry]) !== JSON.stringify(last[entry]))!
    return {
      protocol: ownerOf(name, current),
      subject: key
        .filter((part) => part !== 'chain_id')
        .map((part) => String(current[part]))
        .join(' '),
      figure: `${name}.${column}, current row against its history`,
      indexed: String(current[column]),
      onChain: String(last[column] ?? 'no row'),
    }
  })
}

function ownerOf(table: string, { protocol, feed }: Columns): string {
  if (table === 'price' && String(feed).length > addressLength) return 'morpho-blue'
  return String(protocol ?? owners[table] ?? table)
}
