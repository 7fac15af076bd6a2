/**
 * What the service itself remembers, beside the facts of the chains: which schema of a chain is served, where a chain began, how far
 * it is final, what venues have agreed with owners, what the audit found, and what accounts had before the index began.
 * After a change here run `npx drizzle-kit generate --config cli/database/drizzle.config.ts` and commit the migration.
 */
import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  numeric,
  pgSchema,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core'

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

/**
 * What a chain's nodes say of what we have indexed, one row per chain: the newest of our blocks that they have, too, and why nothing of the chain may be used
 * while they have others in the place of ours.
 */
export const chainWitness = offchain.table('chain_witness', {
  chain: text('chain').primaryKey(),
  blockNumber: numeric('block_number', { precision: 78, scale: 0 }),
  blockHash: text('block_hash'),
  /** The newest block when a node spoke against it: as soon as it is replaced there is nothing to speak against. */
  doubtedNumber: numeric('doubted_number', { precision: 78, scale: 0 }),
  doubtedHash: text('doubted_hash'),
  reasonCode: text('reason_code', { enum: ['CHAIN_REORG', 'CHAIN_UNREACHABLE'] }),
  detail: text('detail'),
  observedAt: instant('observed_at').notNull().defaultNow(),
})

/**
 * What a venue can do with an account's collateral, as it was agreed: rows are only ever added, and an agreement ends with a row of control
 * `none`. The migration refuses every other change in the database itself. `chain` and `protocol` are `*` where the agreement is about all;
 * `since` is in unix seconds of the chains, so that a past instant is answered by what was agreed then.
 */
export const control = offchain.table(
  'control',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    venue: text('venue').notNull(),
    account: text('account').notNull(),
    chain: text('chain').notNull(),
    protocol: text('protocol').notNull(),
    control: text('control', { enum: ['none', 'notice', 'enforceable'] }).notNull(),
    unwindable: boolean('unwindable').notNull(),
    since: bigint('since', { mode: 'number' }).notNull(),
    notedAt: instant('noted_at').notNull().defaultNow(),
  },
  (table) => [
    index('control_by_account').on(table.venue, table.account),
    check('control_kind', sql`${table.control} IN ('none', 'notice', 'enforceable')`),
    check('control_unwindable', sql`${table.control} = 'enforceable' OR NOT ${table.unwindable}`),
    check('control_account', sql`${table.account} ~ '^0x[0-9a-f]{40}$'`),
  ],
)

/** How the audit of a chain goes, as far as anybody has to know who watches it. */
export const audit = offchain.table('audit', {
  chain: text('chain').primaryKey(),
  /** Where it goes on after a restart. */
  rotation: jsonb('rotation').notNull(),
  /** When every account and every block had been looked at once more. */
  rotatedAt: instant('rotated_at'),
  ranAt: instant('ran_at').notNull(),
  /** Requests to the chain's nodes, over the last minutes. */
  callsPerMinute: numeric('calls_per_minute').notNull(),
  /** Why the last attempt came to nothing; null while it does not. */
  failure: text('failure'),
  /** What is being done about what disagrees; null while nothing is. */
  repair: text('repair'),
})

/**
 * What the last audit of a protocol on a chain found: how many figures were held against the contracts, how many of them the contracts say otherwise,
 * and at which block.
 */
export const reconciliation = offchain.table(
  'reconciliation',
  {
    chain: text('chain').notNull(),
    protocol: text('protocol').notNull(),
    checked: integer('checked').notNull(),
    unread: integer('unread').notNull(),
    drift: integer('drift').notNull(),
    /** A few of the differences. */
    examples: jsonb('examples').notNull(),
    blockNumber: numeric('block_number', { precision: 78, scale: 0 }).notNull(),
    blockHash: text('block_hash').notNull(),
    ranAt: instant('ran_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.chain, table.protocol] })],
)

/** Protocols whose rows on a chain disagree with the contracts: they count nothing until all of `subjects` agree again. */
export const quarantine = offchain.table(
  'quarantine',
  {
    chain: text('chain').notNull(),
    protocol: text('protocol').notNull(),
    detail: text('detail').notNull(),
    subjects: jsonb('subjects').notNull(),
    since: instant('since').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.chain, table.protocol] })],
)

/**
 * Accounts to be known although they may not have moved since the index of their chain began. `contracts` are those, older than the index and named `protocol address`, in which what
 * they had has been read, all at one block; until it has, answers about them say so.
 */
export const hydration = offchain.table(
  'hydration',
  {
    chainId: integer('chain_id').notNull(),
    account: text('account').notNull(),
    contracts: text('contracts').array().notNull().default(sql`'{}'`),
    blockNumber: numeric('block_number', { precision: 78, scale: 0 }),
    blockHash: text('block_hash'),
    /** Why the last attempt left something out. */
    failure: text('failure'),
    requestedAt: instant('requested_at').notNull().defaultNow(),
    triedAt: instant('tried_at'),
  },
  (table) => [
    primaryKey({ columns: [table.chainId, table.account] }),
    check('hydration_account', sql`${table.account} ~ '^0x[0-9a-f]{40}$'`),
  ],
)

/**
 * What a hydrated account had at the block of its hydration, where that was anything: rows like those of `position`. What a protocol keeps per account has its unit for a
 * market and one of its columns, `collateralBitmap` or `emode`, for a side. Good for as long as there is no row of its own.
 */
export const baseline = offchain.table(
  'baseline',
  {
    chainId: integer('chain_id').notNull(),
    account: text('account').notNull(),
    protocol: text('protocol').notNull(),
    market: text('market').notNull(),
    side: text('side').notNull(),
    raw: numeric('raw', { precision: 78, scale: 0 }).notNull(),
    rate: numeric('rate', { precision: 78, scale: 0 }),
    accruedAt: numeric('accrued_at', { precision: 78, scale: 0 }),
    blockNumber: numeric('block_number', { precision: 78, scale: 0 }).notNull(),
    blockHash: text('block_hash').notNull(),
  },
  (table) => [primaryKey({ columns: [table.chainId, table.account, table.protocol, table.market, table.side] })],
)
