import { getTableConfig, type PgTable } from 'drizzle-orm/pg-core'
import * as facts from '../ponder.schema'
import type { Snapshot } from '../src/api/read/database'
import { qualify } from '../src/api/read/qualify'
import type { Drift, ProtocolResult } from './types'

/** A fact's current row, and the history it must be the last row of. */
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

const pairs: readonly FactPair[] = factPairs()

function factPairs(): FactPair[] {
  const tables = Object.values(facts).map((table) => getTableConfig(table as unknown as PgTable))
  const names = new Set(tables.map(({ name }) => name))
  return tables
    .filter(({ name }) => names.has(`${name}_history`))
    .map(({ name, primaryKeys }) => ({ name, key: primaryKeys[0]!.columns.map((column) => column.name) }))
}

/**
 * What indexers read against what answers read: the current row of a fact is the last row of its history, column by column. Facts of accounts are looked at
 * for some accounts only, all others whole.
 */
export async function checkRows(
  snapshot: Snapshot,
  {
    schema,
    chainId,
    accounts,
  }: { readonly schema: string; readonly chainId: number; readonly accounts: readonly string[] },
): Promise<ReadonlyMap<string, ProtocolResult>> {
  const found = await Promise.all(pairs.map((pair) => differing(snapshot, schema, chainId, pair, accounts)))
  const results = new Map<string, ProtocolResult>()
  for (const drift of found.flat()) {
    const before = results.get(drift.protocol) ?? { checked: 0, unread: 0, drifts: [] }
    results.set(drift.protocol, { ...before, checked: before.checked + 1, drifts: [...before.drifts, drift] })
  }
  return results
}

async function differing(
  snapshot: Snapshot,
  schema: string,
  chainId: number,
  { name, key }: FactPair,
  accounts: readonly string[],
): Promise<Drift[]> {
  const same = key.map((column) => `h."${column}" = c."${column}"`).join(' AND ')
  const isOfAccounts = key.includes('account')
  const rows = await snapshot.rows<{ subject: Record<string, string>; indexed: unknown; history: unknown }>(
    `SELECT to_jsonb(c) AS indexed, to_jsonb(h) AS history
     FROM ${qualify(schema, name)} c
     LEFT JOIN LATERAL (
       SELECT * FROM ${qualify(schema, `${name}_history`)} h WHERE ${same} ORDER BY h.block_number DESC LIMIT 1
     ) h ON true
     WHERE c.chain_id = $1 ${isOfAccounts ? 'AND c.account = ANY($2)' : ''} AND to_jsonb(c) IS DISTINCT FROM to_jsonb(h)
     LIMIT 20`,
    isOfAccounts ? [chainId, accounts] : [chainId],
  )
  return rows.map(({ indexed, history }) => {
    const current = indexed as Readonly<Record<string, unknown>>
    const last = (history ?? {}) as Readonly<Record<string, unknown>>
    const column = Object.keys(current).find((entry) => JSON.stringify(current[entry]) !== JSON.stringify(last[entry]))
    return {
      protocol: String(current.protocol ?? owners[name] ?? name),
      subject: key
        .filter((part) => part !== 'chain_id')
        .map((part) => String(current[part]))
        .join(' '),
      figure: `${name}.${column}, current row against its history`,
      indexed: String(current[column ?? '']),
      onChain: String(last[column ?? ''] ?? 'no row'),
    }
  })
}
