/** Tables of the bare handlers: rows as wide as the product's most frequent ones. */
import { onchainTable } from 'ponder'

export const bareCurrent = onchainTable('bare_current', (t) => ({
  id: t.integer().primaryKey(),
  blockNumber: t.bigint().notNull(),
  blockTimestamp: t.bigint().notNull(),
  protocol: t.text().notNull(),
  market: t.text().notNull(),
  account: t.hex().notNull(),
  side: t.text().notNull(),
  raw: t.bigint().notNull(),
}))

export const bareHistory = onchainTable('bare_history', (t) => ({
  id: t.integer().primaryKey(),
  blockNumber: t.bigint().notNull(),
  blockTimestamp: t.bigint().notNull(),
  protocol: t.text().notNull(),
  market: t.text().notNull(),
  account: t.hex().notNull(),
  side: t.text().notNull(),
  raw: t.bigint().notNull(),
}))
