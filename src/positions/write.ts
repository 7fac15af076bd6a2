/**
 * The only writer of fact tables. A change is written twice: to the current row, which handlers read, and to the history row of
 * its block, which answers read.
 */
import * as schema from '../../ponder.schema'
import type { Facts, Key, Row, Store } from '../runtime/facts'

type Table = { readonly $inferSelect: object }
type Stamped = 'chainId' | 'blockNumber' | 'blockTimestamp'
type Values<table extends Table> = Omit<table['$inferSelect'], Stamped>

/** A row in which columns that may be null need not be named: a protocol does not know the columns only others use. */
type Partly<row> = { readonly [name in keyof row as null extends row[name] ? never : name]: row[name] } & {
  readonly [name in keyof row as null extends row[name] ? name : never]?: row[name]
}

/**
 * Changes one fact.
 * @param key the fact's key without the chain.
 * @param initial the other columns of a fact that has no row yet.
 * @param next the columns to set, given the row as it stands (or `initial`); the row given is good for that call only. May be asked twice: the second
 * time is the one that counts.
 */
export type Change<table extends Table, key extends keyof Values<table>> = (
  facts: Facts,
  key: Pick<Values<table>, key>,
  initial: Partly<Omit<Values<table>, key>>,
  next: (row: Readonly<Omit<Values<table>, key>>, isNewBlock: boolean) => Partial<Omit<Values<table>, key>>,
) => Promise<void>

/**
 * @param stands whether nearly every change finds a row. Then a row is looked for first and only made where there is none, which spares the making of
 * rows that are thrown away; where rows are new more often, being told that there is none costs more than that.
 */
function changeOf<table extends Table, key extends keyof Values<table>>(
  current: table,
  history: { readonly $inferSelect: table['$inferSelect'] },
  { stands = false } = {},
): Change<table, key> {
  const names = Object.entries(current as Readonly<Record<string, { readonly notNull?: boolean }>>)
    .filter(([, { notNull }]) => notNull !== undefined)
    .map(([name]) => name)
  const blank: Row = Object.fromEntries(names.map((name) => [name, null]))
  /** Column by column: the row that stands is a proxy of the store's, which is slow to spread. */
  const changed = (standing: Row, changes: Row): Row => {
    const row: Record<string, unknown> = { ...blank }
    for (const name of names) row[name] = name in changes ? changes[name] : standing[name]
    return row
  }
  return async ({ store, stamp }, partialKey, given, next) => {
    const { blockNumber, blockTimestamp } = stamp
    let changes: Row = {}
    let newRow: Row | null = null
    const makeRow = (): Row => {
      // A row is built for every event. Assigned to a blank one, it has all its columns from the start; several spreads would give every row a shape of its own.
      const initial = Object.assign({ ...blank }, given) as unknown as Omit<Values<table>, key>
      newRow = Object.assign(initial, next(initial, true), partialKey, stamp)
      return newRow
    }
    const changeRow = (standing: Row): Row => {
      const isNewBlock = standing.blockNumber !== blockNumber
      changes = next(standing as unknown as Omit<Values<table>, key>, isNewBlock)
      const stamped = Object.assign({ blockNumber, blockTimestamp }, changes)
      newRow = isNewBlock ? changed(standing, stamped) : null
      return stamped
    }
    // The current row's key with its block is the history row's.
    const key = Object.assign({ chainId: stamp.chainId, blockNumber }, partialKey)
    if (!stands) await store.insert(current).values(makeRow()).onConflictDoUpdate(changeRow)
    else if (!(await hasUpdated(store, current, key, changeRow))) await store.insert(current).values(makeRow())
    // Both rows are always written together: a current row of this block means that this block's history row exists.
    if (newRow !== null) await store.insert(history).values(newRow)
    else await store.update(history, key).set(changes)
  }
}

/** Updates a row; false where there is none. */
async function hasUpdated(store: Store, table: object, key: Key, set: (standing: Row) => Row): Promise<boolean> {
  try {
    await store.update(table, key).set(set)
    return true
  } catch (error) {
    if (error instanceof Error && error.name === 'RecordNotFoundError') return false
    throw error
  }
}

export const changeMarket: Change<typeof schema.market, 'protocol' | 'market'> = changeOf(
  schema.market,
  schema.marketHistory,
)
export const changeMarketState: Change<typeof schema.marketState, 'protocol' | 'market'> = changeOf(
  schema.marketState,
  schema.marketStateHistory,
  { stands: true },
)
export const changeMarketParameters: Change<typeof schema.marketParameters, 'protocol' | 'market'> = changeOf(
  schema.marketParameters,
  schema.marketParametersHistory,
)
export const changePosition: Change<typeof schema.position, 'protocol' | 'market' | 'account' | 'side'> = changeOf(
  schema.position,
  schema.positionHistory,
)
export const changeLendingAccount: Change<typeof schema.lendingAccount, 'protocol' | 'unit' | 'account'> = changeOf(
  schema.lendingAccount,
  schema.lendingAccountHistory,
)
export const changeVault: Change<typeof schema.vault, 'vault'> = changeOf(schema.vault, schema.vaultHistory)
export const changeVaultState: Change<typeof schema.vaultState, 'vault'> = changeOf(
  schema.vaultState,
  schema.vaultStateHistory,
)
export const changeVaultParameters: Change<typeof schema.vaultParameters, 'vault'> = changeOf(
  schema.vaultParameters,
  schema.vaultParametersHistory,
)
export const changeVaultAllocation: Change<typeof schema.vaultAllocation, 'account' | 'market'> = changeOf(
  schema.vaultAllocation,
  schema.vaultAllocationHistory,
)
export const changeFeed: Change<typeof schema.feed, 'feed'> = changeOf(schema.feed, schema.feedHistory)
export const changePrice: Change<typeof schema.price, 'feed'> = changeOf(schema.price, schema.priceHistory)
export const changePool: Change<typeof schema.pool, 'pool'> = changeOf(schema.pool, schema.poolHistory)
export const changePoolState: Change<typeof schema.poolState, 'pool'> = changeOf(
  schema.poolState,
  schema.poolStateHistory,
)
export const changePoolTick: Change<typeof schema.poolTick, 'pool' | 'tick'> = changeOf(
  schema.poolTick,
  schema.poolTickHistory,
)
