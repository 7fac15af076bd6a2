/**
 * What the service itself remembers, beside the facts of the chains: which schema of a chain is served, where a chain began, and how
 * far it is final.
 * After a change here run `npx drizzle-kit generate --config cli/database/drizzle.config.ts` and commit the migration.
 */
import { sql } from 'drizzle-orm'
import { integer, jsonb, numeric, pgSchema, primaryKey, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core'

export const offchain = pgSchema('offchain')

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

/**
 * One row per indexed schema. Answers read the `live` row of a chain only, in the snapshot of the facts, so a switch-over is one
 * transaction. `source` names code and configuration, `identity` these and what was resolved on the chain; `resolved` is
 * kept so that a restart needs no RPC.
 */
export const deployment = offchain.table(
  'deployment',
  {
    chain: text('chain').notNull(),
    schema: text('schema').notNull(),
    state: text('state', { enum: ['building', 'live', 'retired'] }).notNull(),
    verifiedBlock: numeric('verified_block', { precision: 78, scale: 0 }),
    resolved: jsonb('resolved').notNull(),
    source: text('source').notNull(),
    identity: text('identity').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
    liveSince: instant('live_since'),
  },
  (table) => [
    primaryKey({ columns: [table.chain, table.schema] }),
    uniqueIndex('deployment_one_live').on(table.chain).where(sql`state = 'live'`),
  ],
)

/** The chain this database was built from: a chain of the same id and another genesis is another chain. */
export const chainStart = offchain.table('chain_start', {
  chain: text('chain').primaryKey(),
  chainId: integer('chain_id').notNull(),
  genesisHash: text('genesis_hash').notNull(),
  /** The block at which indexing began when the configuration says `tip`. */
  startBlock: numeric('start_block', { precision: 78, scale: 0 }),
  createdAt: instant('created_at').notNull().defaultNow(),
})

/**
 * How far a chain is final, as its RPC last told: one row per chain and tier. Answers read it in the snapshot of the facts, so every API
 * process gives the same answer, also after a restart with every RPC away. `observed_at` is when this block was first told.
 */
export const chainTier = offchain.table(
  'chain_tier',
  {
    chain: text('chain').notNull(),
    tier: text('tier', { enum: ['latest', 'safe', 'finalized'] }).notNull(),
    blockNumber: numeric('block_number', { precision: 78, scale: 0 }).notNull(),
    blockHash: text('block_hash').notNull(),
    observedAt: instant('observed_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.chain, table.tier] })],
)
