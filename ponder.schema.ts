/**
 * Facts: what the chains said, and nothing of what we think of it.
 *
 * For every thing that changes there are two tables: the *current* row, which only the handlers read, and a *history* row per
 * block in which it changed, holding the value at the end of that block. Answers read history only, always as "the last row at
 * or before the cut's block", through a prefix of the primary key. Ponder drops secondary indexes during crash recovery, so
 * there are none. This file is self-contained because Ponder hashes its text.
 */
import { onchainTable, primaryKey } from 'ponder'

type Columns = Parameters<Extract<Parameters<typeof onchainTable>[1], (...args: never[]) => unknown>>[0]

/** Chain and the block of the row's last change; every fact row carries them. */
const stamp = (t: Columns) => ({
  chainId: t.integer().notNull(),
  blockNumber: t.bigint().notNull(),
  blockTimestamp: t.bigint().notNull(),
})

/** Blocks seen, with the hashes that finality checks, the cut and the state hash rest on. */
export const block = onchainTable(
  'block',
  (t) => ({
    chainId: t.integer().notNull(),
    number: t.bigint().notNull(),
    hash: t.hex().notNull(),
    timestamp: t.bigint().notNull(),
  }),
  (table) => ({ pk: primaryKey({ columns: [table.chainId, table.number] }) }),
)

export const token = onchainTable(
  'token',
  (t) => ({ ...stamp(t), address: t.hex().notNull(), symbol: t.text().notNull(), decimals: t.integer().notNull() }),
  (table) => ({ pk: primaryKey({ columns: [table.chainId, table.address] }) }),
)

/** What was there before the first indexed block: who had something in it then and has not moved it since is not known. Written once, so without a twin. */
export const opening = onchainTable(
  'opening',
  (t) => ({ ...stamp(t), protocol: t.text().notNull(), contract: t.hex().notNull() }),
  (table) => ({ pk: primaryKey({ columns: [table.chainId, table.protocol, table.contract] }) }),
)

/**
 * One place where a token can be supplied or owed. `market` is `<unit>:<token>` for an Aave reserve, `<unit>:emode:<id>` for an
 * Aave e-mode category, a market id for Morpho, a Comet (and `<comet>:<token>` for its collateral), a token for a wallet.
 * `unit` is the risk unit the protocol liquidates as one; the unit itself has a row of kind `pool`, whose `marketIndex` is the largest id of an e-mode category with a
 * price of its own. Roundings are `directed` (against the
 * account: Aave since 3.5) or `halfUp`.
 */
const marketColumns = (t: Columns) => ({
  ...stamp(t),
  protocol: t.text().notNull(),
  market: t.text().notNull(),
  kind: t.text().notNull(),
  unit: t.text().notNull(),
  token: t.hex(),
  receipt: t.hex(),
  debtToken: t.hex(),
  stableDebtToken: t.hex(),
  oracle: t.hex(),
  marketIndex: t.integer(),
  receiptRevision: t.integer(),
  debtRevision: t.integer(),
  receiptRounding: t.text(),
  debtRounding: t.text(),
  /** Of a unit's own row: the protocol's revision, and one unit of its base currency. */
  revision: t.integer(),
  baseUnit: t.bigint(),
  label: t.text(),
  /** Of a market that lends one token against another: the one it lends against. */
  collateralToken: t.hex(),
  /** The contract that sets interest, and how it is followed: `none`, `adaptive-curve` (by its events) or `read` (by its view). */
  rateModel: t.hex(),
  rateModelKind: t.text(),
  /** Of a unit's own row: who receives the protocol's share of interest, and who may change that. */
  feeRecipient: t.hex(),
  owner: t.hex(),
})
export const market = onchainTable('market', marketColumns, (table) => ({
  pk: primaryKey({ columns: [table.chainId, table.protocol, table.market] }),
}))
export const marketHistory = onchainTable('market_history', marketColumns, (table) => ({
  pk: primaryKey({ columns: [table.chainId, table.protocol, table.market, table.blockNumber] }),
}))

/**
 * Indexes and rates as the protocol stores them, at `accruedAt`; totals in shares or scaled units. Morpho keeps no indexes but total assets:
 * `supplyIndex` and `borrowIndex` hold those, rates are wads per second.
 */
const marketStateColumns = (t: Columns) => ({
  ...stamp(t),
  protocol: t.text().notNull(),
  market: t.text().notNull(),
  supplyIndex: t.bigint().notNull(),
  borrowIndex: t.bigint().notNull(),
  supplyRate: t.bigint().notNull(),
  borrowRate: t.bigint().notNull(),
  totalSupply: t.bigint().notNull(),
  totalBorrow: t.bigint().notNull(),
  liquidity: t.bigint().notNull(),
  accruedAt: t.bigint().notNull(),
  accruedToTreasury: t.bigint(),
  deficit: t.bigint(),
  /** Total borrow at the end of the block before the row's; what interest to the treasury is computed from. */
  totalBorrowBefore: t.bigint(),
  stableBorrow: t.bigint(),
  stableRate: t.bigint(),
  stableAccruedAt: t.bigint(),
  /** Of an adaptive curve: its rate at target utilization when it was last asked. */
  rateAtTarget: t.bigint(),
  /** Of a rate that is read: when it was; null while it cannot be. */
  rateReadAt: t.bigint(),
})
export const marketState = onchainTable('market_state', marketStateColumns, (table) => ({
  pk: primaryKey({ columns: [table.chainId, table.protocol, table.market] }),
}))
export const marketStateHistory = onchainTable('market_state_history', marketStateColumns, (table) => ({
  pk: primaryKey({ columns: [table.chainId, table.protocol, table.market, table.blockNumber] }),
}))

/**
 * Ratios as the protocol stores them (Aave: basis points; incentive 10500 = 5 % bonus. Morpho and Comet: wads). `flags` is a comma-separated, sorted list of the
 * words active, frozen, paused, borrowing, siloed, isolated, flashloan; a Comet's pauses are supplyPaused, transferPaused, withdrawPaused,
 * absorbPaused, buyPaused. `emode` is the category a 3.0 reserve belongs to; for a category row the
 * bitmaps say which reserves (by `marketIndex`) it covers.
 */
const marketParametersColumns = (t: Columns) => ({
  ...stamp(t),
  protocol: t.text().notNull(),
  market: t.text().notNull(),
  maxLtv: t.bigint().notNull(),
  liquidationThreshold: t.bigint().notNull(),
  liquidationIncentive: t.bigint().notNull(),
  supplyCap: t.bigint().notNull(),
  borrowCap: t.bigint().notNull(),
  flags: t.text().notNull(),
  emode: t.integer().notNull(),
  decimals: t.integer(),
  reserveFactor: t.bigint(),
  liquidationFee: t.bigint(),
  debtCeiling: t.bigint(),
  collateralBitmap: t.bigint(),
  borrowableBitmap: t.bigint(),
  ltvZeroBitmap: t.bigint(),
  priceSource: t.hex(),
  /** Of a market whose interest follows a curve it stores itself (Comet): kinks, bases and slopes, wads (per second) as decimal text. */
  rateCurve: t.json().$type<Readonly<Record<string, string>>>(),
})
export const marketParameters = onchainTable('market_parameters', marketParametersColumns, (table) => ({
  pk: primaryKey({ columns: [table.chainId, table.protocol, table.market] }),
}))
export const marketParametersHistory = onchainTable('market_parameters_history', marketParametersColumns, (table) => ({
  pk: primaryKey({ columns: [table.chainId, table.protocol, table.market, table.blockNumber] }),
}))

/** Absolute, in shares or scaled units; never in USD, never with interest folded in. Side: supply, collateral, borrow. */
const positionColumns = (t: Columns) => ({
  ...stamp(t),
  protocol: t.text().notNull(),
  market: t.text().notNull(),
  account: t.hex().notNull(),
  side: t.text().notNull(),
  raw: t.bigint().notNull(),
  /** Only for debts with a rate of their own (Aave stable debt): the rate, and when it was last accrued. */
  rate: t.bigint(),
  accruedAt: t.bigint(),
})
export const position = onchainTable('position', positionColumns, (table) => ({
  pk: primaryKey({ columns: [table.chainId, table.account, table.protocol, table.market, table.side] }),
}))
export const positionHistory = onchainTable('position_history', positionColumns, (table) => ({
  pk: primaryKey({
    columns: [table.chainId, table.account, table.protocol, table.market, table.side, table.blockNumber],
  }),
}))

/** What a protocol keeps per account beside balances. Bit `marketIndex` of `collateralBitmap` = that reserve is enabled as collateral. */
const lendingAccountColumns = (t: Columns) => ({
  ...stamp(t),
  protocol: t.text().notNull(),
  unit: t.text().notNull(),
  account: t.hex().notNull(),
  collateralBitmap: t.bigint().notNull(),
  emode: t.integer().notNull(),
  authorisations: t.json().$type<readonly string[]>().notNull(),
})
export const lendingAccount = onchainTable('lending_account', lendingAccountColumns, (table) => ({
  pk: primaryKey({ columns: [table.chainId, table.account, table.protocol, table.unit] }),
}))
export const lendingAccountHistory = onchainTable('lending_account_history', lendingAccountColumns, (table) => ({
  pk: primaryKey({ columns: [table.chainId, table.account, table.protocol, table.unit, table.blockNumber] }),
}))

const vaultColumns = (t: Columns) => ({
  ...stamp(t),
  vault: t.hex().notNull(),
  asset: t.hex().notNull(),
  /** Virtual-share exponent: shares are minted at 10^offset per asset unit in an empty vault. */
  offset: t.integer().notNull(),
  shape: t.text().notNull(),
  curator: t.hex(),
  /** The Aave reserve whose receipt the vault wraps (`stata`: its supply index is the share price) or holds as its asset. */
  market: t.text(),
  /** Redemptions are requested first and paid later. */
  asyncRedeem: t.boolean(),
})
export const vault = onchainTable('vault', vaultColumns, (table) => ({
  pk: primaryKey({ columns: [table.chainId, table.vault] }),
}))
export const vaultHistory = onchainTable('vault_history', vaultColumns, (table) => ({
  pk: primaryKey({ columns: [table.chainId, table.vault, table.blockNumber] }),
}))

/**
 * `status` is `ok` (what shares are worth follows from the facts), `interval` (it is what the vault said when it was last asked), or the reason the
 * vault cannot be valued at this block. `totalAssets` is what the vault holds of its asset by transfers, where it holds it itself.
 */
const vaultStateColumns = (t: Columns) => ({
  ...stamp(t),
  vault: t.hex().notNull(),
  totalAssets: t.bigint().notNull(),
  totalSupply: t.bigint().notNull(),
  status: t.text().notNull(),
  /** Of a vault that takes its fee from interest: total assets at its last interaction, and of what is lost what it still counts. */
  lastTotalAssets: t.bigint(),
  lostAssets: t.bigint(),
  /** Of one that also takes it by time, or grows no faster than a rate: when that was counted. */
  accruedAt: t.bigint(),
  /** While it is followed by interval: what `viewSupply` shares were worth when it was last asked. */
  viewAssets: t.bigint(),
  viewSupply: t.bigint(),
  readAt: t.bigint(),
})
export const vaultState = onchainTable('vault_state', vaultStateColumns, (table) => ({
  pk: primaryKey({ columns: [table.chainId, table.vault] }),
}))
export const vaultStateHistory = onchainTable('vault_state_history', vaultStateColumns, (table) => ({
  pk: primaryKey({ columns: [table.chainId, table.vault, table.blockNumber] }),
}))

/** What governs a vault that lends in markets, these by their keys in `market`. Fees are wads. */
const vaultParametersColumns = (t: Columns) => ({
  ...stamp(t),
  vault: t.hex().notNull(),
  fee: t.bigint().notNull(),
  feeRecipient: t.hex(),
  owner: t.hex(),
  guardian: t.hex(),
  /** In the order in which deposits go in, and withdrawals come out. */
  supplyQueue: t.json().$type<readonly string[]>().notNull(),
  withdrawQueue: t.json().$type<readonly string[]>().notNull(),
  /** By market, as decimal text; none is no cap but nothing allowed. Of a vault with adapters by its own ids. */
  caps: t.json().$type<Readonly<Record<string, string>>>().notNull(),
  /** How fast the total may grow, and the fee on all of it, both a second. */
  maxRate: t.bigint(),
  managementFee: t.bigint(),
  managementFeeRecipient: t.hex(),
  /** Who is asked whether somebody may have shares; without leave no fee is taken. */
  gate: t.hex(),
  /** Contracts that hold what the vault has: shares of another vault, or loans in markets, counted by their positions or (`books`) by books of their own. */
  adapters: t.json().$type<
    readonly {
      readonly address: `0x${string}`
      readonly kind: 'vault' | 'positions' | 'books' | 'unknown'
      readonly vault: `0x${string}` | null
      readonly lender: `0x${string}` | null
    }[]
  >(),
  /** What of an amount somebody pays who has an adapter give it back, by adapter; wads. */
  penalties: t.json().$type<Readonly<Record<string, string>>>(),
  /** Which market of which adapter one of its ids stands for. */
  marketsOfIds: t.json().$type<Readonly<Record<string, readonly [adapter: `0x${string}`, market: `0x${string}`]>>>(),
  /** Where withdrawals come from beyond what is idle, and the hash of what says where in it: a market's id. */
  liquidityAdapter: t.hex(),
  liquidityMarket: t.hex(),
})
export const vaultParameters = onchainTable('vault_parameters', vaultParametersColumns, (table) => ({
  pk: primaryKey({ columns: [table.chainId, table.vault] }),
}))
export const vaultParametersHistory = onchainTable('vault_parameters_history', vaultParametersColumns, (table) => ({
  pk: primaryKey({ columns: [table.chainId, table.vault, table.blockNumber] }),
}))

/**
 * What a vault's adapter has allocated to a market by the vault's books (what is there counts only while that is above zero), and the market's shares by
 * the adapter's own, where it keeps any.
 */
const vaultAllocationColumns = (t: Columns) => ({
  ...stamp(t),
  account: t.hex().notNull(),
  market: t.text().notNull(),
  assets: t.bigint().notNull(),
  shares: t.bigint(),
})
export const vaultAllocation = onchainTable('vault_allocation', vaultAllocationColumns, (table) => ({
  pk: primaryKey({ columns: [table.chainId, table.account, table.market] }),
}))
export const vaultAllocationHistory = onchainTable('vault_allocation_history', vaultAllocationColumns, (table) => ({
  pk: primaryKey({ columns: [table.chainId, table.account, table.market, table.blockNumber] }),
}))

/** A price source, keyed by the address consumers call (the proxy). `aggregator` is what emits the answers. */
const feedColumns = (t: Columns) => ({
  ...stamp(t),
  feed: t.hex().notNull(),
  base: t.text().notNull(),
  quote: t.text().notNull(),
  decimals: t.integer().notNull(),
  heartbeat: t.bigint().notNull(),
  aggregator: t.hex(),
})
export const feed = onchainTable('feed', feedColumns, (table) => ({
  pk: primaryKey({ columns: [table.chainId, table.feed] }),
}))
export const feedHistory = onchainTable('feed_history', feedColumns, (table) => ({
  pk: primaryKey({ columns: [table.chainId, table.feed, table.blockNumber] }),
}))

/**
 * The answer standing at the end of the block. `status` is `ok` (from an event), `polled` (read by block interval), `rounds only` (likewise, of what
 * has no `latestAnswer()`) or `silent` (read, and no longer answering).
 */
const priceColumns = (t: Columns) => ({
  ...stamp(t),
  feed: t.hex().notNull(),
  round: t.bigint().notNull(),
  answer: t.bigint().notNull(),
  updatedAt: t.bigint().notNull(),
  status: t.text().notNull(),
})
export const price = onchainTable('price', priceColumns, (table) => ({
  pk: primaryKey({ columns: [table.chainId, table.feed] }),
}))
export const priceHistory = onchainTable('price_history', priceColumns, (table) => ({
  pk: primaryKey({ columns: [table.chainId, table.feed, table.blockNumber] }),
}))

/** An exchange pool. `fee` in hundredths of a basis point. */
const poolColumns = (t: Columns) => ({
  ...stamp(t),
  pool: t.hex().notNull(),
  token0: t.hex().notNull(),
  token1: t.hex().notNull(),
  fee: t.integer().notNull(),
  tickSpacing: t.integer().notNull(),
})
export const pool = onchainTable('pool', poolColumns, (table) => ({
  pk: primaryKey({ columns: [table.chainId, table.pool] }),
}))
export const poolHistory = onchainTable('pool_history', poolColumns, (table) => ({
  pk: primaryKey({ columns: [table.chainId, table.pool, table.blockNumber] }),
}))

/** Price and liquidity in range; `tickCumulative` is the sum of tick × seconds up to `accruedAt`. */
const poolStateColumns = (t: Columns) => ({
  ...stamp(t),
  pool: t.hex().notNull(),
  sqrtPrice: t.bigint().notNull(),
  tick: t.integer().notNull(),
  liquidity: t.bigint().notNull(),
  tickCumulative: t.bigint().notNull(),
  accruedAt: t.bigint().notNull(),
})
export const poolState = onchainTable('pool_state', poolStateColumns, (table) => ({
  pk: primaryKey({ columns: [table.chainId, table.pool] }),
}))
export const poolStateHistory = onchainTable('pool_state_history', poolStateColumns, (table) => ({
  pk: primaryKey({ columns: [table.chainId, table.pool, table.blockNumber] }),
}))

/** Where positions begin and end: `liquidityNet` is added when the price rises over the tick, `liquidityGross` is 0 when no position ends here. */
const poolTickColumns = (t: Columns) => ({
  ...stamp(t),
  pool: t.hex().notNull(),
  tick: t.integer().notNull(),
  liquidityNet: t.bigint().notNull(),
  liquidityGross: t.bigint().notNull(),
})
export const poolTick = onchainTable('pool_tick', poolTickColumns, (table) => ({
  pk: primaryKey({ columns: [table.chainId, table.pool, table.tick] }),
}))
export const poolTickHistory = onchainTable('pool_tick_history', poolTickColumns, (table) => ({
  pk: primaryKey({ columns: [table.chainId, table.pool, table.tick, table.blockNumber] }),
}))

/** The rest is the handlers' own working state; answers do not read it. */

/** What a receipt or debt token stands for. */
export const marketToken = onchainTable(
  'market_token',
  (t) => ({
    chainId: t.integer().notNull(),
    token: t.hex().notNull(),
    protocol: t.text().notNull(),
    market: t.text().notNull(),
    side: t.text().notNull(),
    rounding: t.text().notNull(),
  }),
  (table) => ({ pk: primaryKey({ columns: [table.chainId, table.token] }) }),
)

/** Reserve ids of an Aave pool; the id of a dropped reserve is given out again, lowest first. */
export const reserveSlot = onchainTable(
  'reserve_slot',
  (t) => ({
    chainId: t.integer().notNull(),
    unit: t.text().notNull(),
    index: t.integer().notNull(),
    token: t.hex(),
  }),
  (table) => ({ pk: primaryKey({ columns: [table.chainId, table.unit, table.index] }) }),
)

/** One row per chain: the price sources that are read by block interval because no event can be relied on. */
export const feedWatch = onchainTable('feed_watch', (t) => ({
  chainId: t.integer().primaryKey(),
  polled: t.json().$type<readonly `0x${string}`[]>().notNull(),
}))

/** One row per chain: what of its lending markets emits no event and is read block by block. */
export const marketWatch = onchainTable('market_watch', (t) => ({
  chainId: t.integer().primaryKey(),
  oracles: t.json().$type<readonly `0x${string}`[]>().notNull(),
  rates: t.json().$type<readonly string[]>().notNull(),
}))

/** One row per contract that is read where its events say: whom and what those of a block named, to be read at that block's end. */
export const pendingRead = onchainTable(
  'pending_read',
  (t) => ({
    chainId: t.integer().notNull(),
    contract: t.hex().notNull(),
    blockNumber: t.bigint().notNull(),
    blockTimestamp: t.bigint().notNull(),
    /** Accounts, `account:asset` where collateral moved, and `terms` where the contract was replaced; empty once read. */
    touched: t.json().$type<readonly string[]>().notNull(),
  }),
  (table) => ({ pk: primaryKey({ columns: [table.chainId, table.contract] }) }),
)
