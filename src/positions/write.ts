/**
 * The only writer of fact tables. A change is written twice: to the current row, which handlers read, and to the history row of
 * its block, which answers read.
 */
import * as schema from '../../ponder.schema'
import type { Facts, Key, Row } from '../runtime/facts'

type Table = { readonly $inferSelect: object }
type Stamped = 'chainId' | 'blockNumber' | 'blockTimestamp'
type Values<table extends Table> = Omit<table['$inferSelect'], Stamped>

/**
 * Changes one fact.
 * @param key the fact's key without the chain.
 * @param initial the other columns of a fact that has no row yet.
 * @param next the columns to set, given the row as it stands (or `initial`).
 */
export type Change<table extends Table, key extends keyof Values<table>> = (
  facts: Facts,
  key: Pick<Values<table>, key>,
  initial: Omit<Values<table>, key>,
  next: (row: Readonly<Omit<Values<table>, key>>, isNewBlock: boolean) => Partial<Omit<Values<table>, key>>,
) => Promise<void>

function changeOf<table extends Table, key extends keyof Values<table>>(
  current: table,
  history: { readonly $inferSelect: table['$inferSelect'] },
): Change<table, key> {
  return async ({ store, stamp }, partialKey, initial, next) => {
    const key: Key = { chainId: stamp.chainId, ...partialKey }
    const previous = await store.find(current, key)
    const isNewBlock = previous === null || previous.blockNumber !== stamp.blockNumber
    const values: Row = next((previous ?? initial) as Omit<Values<table>, key>, isNewBlock)
    const row = { ...(previous ?? initial), ...values, ...key, ...stamp }
    if (previous === null) {
      await store.insert(current).values(row)
    } else {
      await store.update(current, key).set({
        ...values,
        blockNumber: stamp.blockNumber,
        blockTimestamp: stamp.blockTimestamp,
      })
    }
    // Both rows are always written together: a current row of this block means that this block's history row exists.
    if (isNewBlock) await store.insert(history).values(row)
    else await store.update(history, { ...key, blockNumber: stamp.blockNumber }).set(values)
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
export const changeFeed: Change<typeof schema.feed, 'feed'> = changeOf(schema.feed, schema.feedHistory)
export const changePrice: Change<typeof schema.price, 'feed'> = changeOf(schema.price, schema.priceHistory)
