/** The fact tables, and how the last history row at or before a block is read. */
import type { Value } from './batchedSnapshot'
import type { Snapshot } from './database'
import { qualify } from './qualify'

export interface HistoryQuestion {
  readonly schema: string
  readonly chainId: number
  /** Facts as they stood at the end of this block. */
  readonly blockNumber: string
}

/** A fact table, its key after the chain, and the columns an answer rests on. */
export interface FactTable {
  readonly name: string
  readonly key: readonly string[]
  readonly columns: readonly string[]
}

export const position: FactTable = {
  name: 'position',
  key: ['account', 'protocol', 'market', 'side'],
  columns: ['raw', 'rate', 'accrued_at'],
}
export const lendingAccount: FactTable = {
  name: 'lending_account',
  key: ['account', 'protocol', 'unit'],
  columns: ['collateral_bitmap', 'emode'],
}
export const market: FactTable = {
  name: 'market',
  key: ['protocol', 'market'],
  columns: [
    'kind',
    'unit',
    'token',
    'receipt',
    'debt_token',
    'stable_debt_token',
    'oracle',
    'market_index',
    'receipt_revision',
    'debt_revision',
    'label',
    'receipt_rounding',
    'debt_rounding',
    'revision',
    'base_unit',
    'collateral_token',
    'rate_model_kind',
  ],
}
export const marketState: FactTable = {
  name: 'market_state',
  key: ['protocol', 'market'],
  columns: [
    'supply_index',
    'borrow_index',
    'supply_rate',
    'borrow_rate',
    'total_supply',
    'total_borrow',
    'liquidity',
    'accrued_at',
    'accrued_to_treasury',
    'deficit',
    'stable_borrow',
    'stable_rate',
    'stable_accrued_at',
    'rate_at_target',
    'rate_read_at',
  ],
}
export const marketParameters: FactTable = {
  name: 'market_parameters',
  key: ['protocol', 'market'],
  columns: [
    'max_ltv',
    'liquidation_threshold',
    'liquidation_incentive',
    'supply_cap',
    'borrow_cap',
    'flags',
    'emode',
    'decimals',
    'collateral_bitmap',
    'borrowable_bitmap',
    'ltv_zero_bitmap',
    'price_source',
    'reserve_factor',
  ],
}
export const vault: FactTable = {
  name: 'vault',
  key: ['vault'],
  columns: ['asset', 'offset', 'shape', 'curator', 'market', 'async_redeem'],
}
export const vaultState: FactTable = {
  name: 'vault_state',
  key: ['vault'],
  columns: [
    'total_assets',
    'total_supply',
    'status',
    'last_total_assets',
    'lost_assets',
    'accrued_at',
    'view_assets',
    'view_supply',
    'read_at',
  ],
}
export const vaultParameters: FactTable = {
  name: 'vault_parameters',
  key: ['vault'],
  columns: [
    'fee',
    'fee_recipient',
    'owner',
    'guardian',
    'supply_queue',
    'withdraw_queue',
    'caps',
    'max_rate',
    'management_fee',
    'management_fee_recipient',
    'gate',
    'adapters',
    'penalties',
    'liquidity_adapter',
    'liquidity_market',
  ],
}
export const vaultAllocation: FactTable = {
  name: 'vault_allocation',
  key: ['account', 'market'],
  columns: ['assets', 'shares'],
}
export const feed: FactTable = { name: 'feed', key: ['feed'], columns: ['base', 'quote', 'decimals', 'heartbeat'] }
export const price: FactTable = { name: 'price', key: ['feed'], columns: ['round', 'answer', 'updated_at', 'status'] }

export const pool: FactTable = { name: 'pool', key: ['pool'], columns: ['token0', 'token1', 'fee', 'tick_spacing'] }
export const poolState: FactTable = {
  name: 'pool_state',
  key: ['pool'],
  columns: ['sqrt_price', 'tick', 'liquidity', 'tick_cumulative', 'accrued_at'],
}
export const poolTick: FactTable = {
  name: 'pool_tick',
  key: ['pool', 'tick'],
  columns: ['liquidity_net', 'liquidity_gross'],
}

export interface HistoryReader {
  /** Every key of the accounts, from the current table. */
  ofAccounts<T>(table: FactTable, accounts: readonly string[]): Promise<readonly T[]>
  /** Every key of the chain, from the current table. */
  all<T>(table: FactTable): Promise<readonly T[]>
  /** Known keys. */
  ofKeys<T>(table: FactTable, keys: readonly Key[]): Promise<readonly T[]>
  /**
   * Up to `limit` keys of the chain that come after one, in the order of the key. A key that was not there yet at the block has a row too, with
   * `null` in every other column, so that the next page can go on after it.
   */
  pageAfter<T>(table: FactTable, after: Key | null, limit: number): Promise<readonly (T | Absent<T>)[]>
}

/** The row of a key that was not there yet. */
export type Absent<T> = { readonly [column in keyof T]: T[column] | null } & { readonly blockNumber: null }

/** The values of a table's key columns, in their order. */
export type Key = readonly string[]

/**
 * Reads the last history row at or before the block for each key, through the primary key of the history table, so that the cost
 * does not grow with the length of history.
 */
export function historyReader(snapshot: Snapshot, { schema, chainId, blockNumber }: HistoryQuestion): HistoryReader {
  const lastRow = ({ name, key, columns }: FactTable) => {
    const same = key.map((part) => `h."${part}" = k."${part}"`).join(' AND ')
    return `LATERAL (
         SELECT ${columns.map((part) => `h."${part}"`).join(', ')}, h.block_number
         FROM ${qualify(schema, `${name}_history`)} h
         WHERE h.chain_id = $1 AND ${same} AND h.block_number <= $2
         ORDER BY h.block_number DESC LIMIT 1
       ) v`
  }
  const lastRows = <T>(table: FactTable, keys: string, values: readonly Value[]) =>
    snapshot.rows<T>(
      `SELECT ${table.key.map((part) => `k."${part}"`).join(', ')}, v.*
       FROM (${keys}) k
       CROSS JOIN ${lastRow(table)}
       ORDER BY ${table.key.map((part) => `k."${part}"::text COLLATE "C"`).join(', ')}`,
      [chainId, blockNumber, ...values],
    )
  return {
    async ofAccounts(table, accounts) {
      const current = `SELECT ${table.key.map((part) => `"${part}"`).join(', ')} FROM ${qualify(schema, table.name)} WHERE chain_id = $1 AND account = ANY($3)`
      return lastRows(table, current, [accounts])
    },
    async all(table) {
      const names = table.key.map((part) => `"${part}"`).join(', ')
      return lastRows(table, `SELECT ${names} FROM ${qualify(schema, table.name)} WHERE chain_id = $1`, [])
    },
    async ofKeys(table, keys) {
      if (keys.length === 0) return []
      const arrays = table.key.map((_, index) => `$${index + 3}::text[]`).join(', ')
      const names = table.key.map((part) => `"${part}"`).join(', ')
      return lastRows(
        table,
        `SELECT * FROM unnest(${arrays}) AS key (${names})`,
        table.key.map((_, index) => keys.map((key) => key[index]!)),
      )
    },
    async pageAfter<T>(table: FactTable, after: Key | null, limit: number) {
      const names = table.key.map((part) => `"${part}"`).join(', ')
      const following =
        after === null ? '' : `AND (${names}) > (${after.map((_, index) => `$${index + 4}`).join(', ')})`
      const own = table.key.map((part) => `k."${part}"`).join(', ')
      return snapshot.rows<T>(
        `SELECT ${own}, v.*
         FROM (
           SELECT ${names} FROM ${qualify(schema, table.name)} WHERE chain_id = $1 ${following} ORDER BY ${names} LIMIT $3
         ) k
         LEFT JOIN ${lastRow(table)} ON true
         ORDER BY ${own}`,
        [chainId, blockNumber, limit, ...(after ?? [])],
      )
    },
  }
}
