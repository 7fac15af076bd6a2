/**
 * The only writer of fact tables. A change is written twice: to the current row, which handlers read, and to the history row of
 * its block, which answers read.
 */
import * as schema from '../../ponder.schema'
import type { Facts, Row } from '../runtime/facts'

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

function changeOf<table extends Table, key extends keyof Values<table>>(
  current: table,
  history: { readonly $inferSelect: table['$inferSelect'] },
): Change<table, key> {
  const columns = Object.entries(current as Readonly<Record<string, { readonly notNull?: boolean }>>).filter(
    ([, { notNull }]) => notNull !== undefined,
  )
  const names = columns.map(([name]) => name)
  const nothing = Object.fromEntries(columns.filter(([, { notNull }]) => !notNull).map(([name]) => [name, null]))
  /** Column by column: the row that stands is a proxy of the store's, which is slow to spread. */
  const changed = (standing: Row, changes: Row): Row => {
    const row: Record<string, unknown> = {}
    for (const name of names) row[name] = name in changes ? changes[name] : standing[name]
    return row
  }
  return async ({ store, stamp }, partialKey, given, next) => {
    const { chainId, blockNumber, blockTimestamp } = stamp
    // Assigned, not spread: a row is built for every event, and building it from several spreads takes ten times as long.
    const initial = Object.assign({}, nothing, given) as unknown as Omit<Values<table>, key>
    let changes: Row = next(initial, true)
    let newRow: Row | null = Object.assign(initial, changes, partialKey, stamp)
    await store
      .insert(current)
      .values(newRow)
      .onConflictDoUpdate((standing) => {
        const isNewBlock = standing.blockNumber !== blockNumber
        changes = next(standing as unknown as typeof initial, isNewBlock)
        const stamped = Object.assign({ blockNumber, blockTimestamp }, changes)
        newRow = isNewBlock ? changed(standing, stamped) : null
        return stamped
      })
    // Both rows are always written together: a current row of this block means that this block's history row exists.
    if (newRow !== null) await store.insert(history).values(newRow)
    else await store.update(history, { chainId, ...partialKey, blockNumber }).set(changes)
  }
}

export const changeMarket: Change<typeof schema.market, 'protocol' | 'market'> = changeOf(
  schema.market,
  schema.marketHistory,
)
export const changeMarketState: Change<typeof schema.marketState, 'protocol' | 'market'> = changeOf(
  schema.marketState,
  schema.marketStateHistory,
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
