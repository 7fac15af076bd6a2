/**
 * Everything a figure is computed from, as plain JSON: what the chains said at one cut and the part of the configuration that
 * gives it meaning. Integers are decimal strings, addresses lower case, rows sorted by their key, so that the same facts always
 * have the same canonical text and anybody can replay a figure from them without a database.
 */

/** One row of the fact tables; `blockNumber` is the block of its last change. */
interface Fact {
  readonly blockNumber: string
}

export interface TokenFact extends Fact {
  readonly address: string
  readonly symbol: string
  readonly decimals: number
}

export interface MarketFact extends Fact {
  readonly protocol: string
  readonly market: string
  readonly kind: string
  readonly unit: string
  readonly token: string | null
  readonly receipt: string | null
  readonly debtToken: string | null
  readonly stableDebtToken: string | null
  readonly oracle: string | null
  readonly marketIndex: number | null
  readonly receiptRevision: number | null
  readonly debtRevision: number | null
  readonly label: string | null
  /** `directed` (against the account) or `halfUp`. */
  readonly receiptRounding: string | null
  readonly debtRounding: string | null
  /** Of a pool's own row: the protocol's revision, and one unit of its base currency. */
  readonly revision: number | null
  readonly baseUnit: string | null
  /** Of a market that lends one token against another: the one it lends against. */
  readonly collateralToken: string | null
  /** How its interest is followed; `null` for a protocol that stores its rate. */
  readonly rateModelKind: string | null
}

export interface MarketStateFact extends Fact {
  readonly protocol: string
  readonly market: string
  readonly supplyIndex: string
  readonly borrowIndex: string
  readonly supplyRate: string
  readonly borrowRate: string
  readonly totalSupply: string
  readonly totalBorrow: string
  readonly liquidity: string
  readonly accruedAt: string
  readonly accruedToTreasury: string | null
  readonly deficit: string | null
  readonly stableBorrow: string | null
  readonly stableRate: string | null
  readonly stableAccruedAt: string | null
  readonly rateAtTarget: string | null
  readonly rateReadAt: string | null
}

export interface MarketParametersFact extends Fact {
  readonly protocol: string
  readonly market: string
  readonly maxLtv: string
  readonly liquidationThreshold: string
  readonly liquidationIncentive: string
  readonly supplyCap: string
  readonly borrowCap: string
  readonly flags: string
  readonly emode: number
  readonly decimals: number | null
  readonly collateralBitmap: string | null
  readonly borrowableBitmap: string | null
  readonly ltvZeroBitmap: string | null
  readonly priceSource: string | null
  readonly reserveFactor: string | null
}

export interface PositionFact extends Fact {
  readonly protocol: string
  readonly market: string
  readonly account: string
  readonly side: string
  readonly raw: string
  readonly rate: string | null
  readonly accruedAt: string | null
}

export interface LendingAccountFact extends Fact {
  readonly protocol: string
  readonly unit: string
  readonly account: string
  readonly collateralBitmap: string
  readonly emode: number
}

export interface VaultFact extends Fact {
  readonly vault: string
  readonly asset: string
  readonly offset: number
  readonly shape: string
  readonly curator: string | null
  /** The market whose receipt the vault wraps, or holds as its asset. */
  readonly market: string | null
  /** Redemptions are requested first and paid later. */
  readonly asyncRedeem?: boolean | null
}

export interface VaultStateFact extends Fact {
  readonly vault: string
  readonly totalAssets: string
  readonly totalSupply: string
  /** `ok`, `interval` (what the vault said at `readAt` stands), or why it cannot be valued. */
  readonly status: string
  readonly lastTotalAssets?: string | null
  readonly lostAssets?: string | null
  /** Unix seconds of the accrual `lastTotalAssets` is from. */
  readonly accruedAt?: string | null
  /** What `viewSupply` shares were worth when the vault was last asked. */
  readonly viewAssets?: string | null
  readonly viewSupply?: string | null
  readonly readAt?: string | null
}

/** What governs a vault that lends in markets, these by their keys. */
export interface VaultParametersFact extends Fact {
  readonly vault: string
  /** A wad. */
  readonly fee: string
  readonly feeRecipient: string | null
  readonly owner: string | null
  readonly guardian: string | null
  readonly supplyQueue: readonly string[]
  readonly withdrawQueue: readonly string[]
  readonly caps: Readonly<Record<string, string>>
  /** Wads a second. */
  readonly maxRate?: string | null
  readonly managementFee?: string | null
  readonly managementFeeRecipient?: string | null
  readonly gate?: string | null
  readonly adapters?: readonly VaultAdapterFact[] | null
  /** By adapter, wads. */
  readonly penalties?: Readonly<Record<string, string>> | null
  readonly liquidityAdapter?: string | null
  readonly liquidityMarket?: string | null
}

/** A contract through which a vault has shares of another vault, or loans in markets of a lender. */
export interface VaultAdapterFact {
  readonly address: string
  /** What counts in a market: the adapter's `positions`, or what its own `books` say of them. */
  readonly kind: 'vault' | 'positions' | 'books' | 'unknown'
  readonly vault: string | null
  readonly lender: string | null
}

/** A market a vault's adapter has assets in, as far as the vault's books allocate any to it. */
export interface VaultAllocationFact extends Fact {
  readonly account: string
  readonly market: string
  readonly assets: string
  /** By the adapter's own books; `null` where it keeps none. */
  readonly shares: string | null
}

export interface FeedFact extends Fact {
  readonly feed: string
  readonly base: string
  readonly quote: string
  readonly decimals: number
  readonly heartbeat: string
}

export interface PriceFact extends Fact {
  readonly feed: string
  readonly round: string
  readonly answer: string
  readonly updatedAt: string
  readonly status: string
}

export interface PoolFact extends Fact {
  readonly pool: string
  readonly token0: string
  readonly token1: string
  /** Hundredths of a basis point. */
  readonly fee: number
  readonly tickSpacing: number
}

export interface PoolStateFact extends Fact {
  readonly pool: string
  readonly sqrtPrice: string
  readonly tick: number
  readonly liquidity: string
  /** ∫ tick dt up to `accruedAt`. */
  readonly tickCumulative: string
  readonly accruedAt: string
}

export interface PoolTickFact extends Fact {
  readonly pool: string
  readonly tick: number
  readonly liquidityNet: string
  readonly liquidityGross: string
}

/** A protocol whose rows on the chain disagree with its contracts, as the audit found. */
export interface QuarantineFact {
  readonly protocol: string
  readonly detail: string
}

/** What one chain said, at its last block of the cut. */
export interface ChainFacts {
  /** Contracts older than the index in which not everything is known; absent where there are none. */
  readonly openings?: readonly OpeningFact[]
  /** Absent where nothing disagrees. */
  readonly quarantines?: readonly QuarantineFact[]
  readonly tokens: readonly TokenFact[]
  readonly markets: readonly MarketFact[]
  readonly marketStates: readonly MarketStateFact[]
  readonly marketParameters: readonly MarketParametersFact[]
  readonly positions: readonly PositionFact[]
  readonly lendingAccounts: readonly LendingAccountFact[]
  readonly vaults: readonly VaultFact[]
  readonly vaultStates: readonly VaultStateFact[]
  /** Of vaults that lend in markets; absent where there are none. */
  readonly vaultParameters?: readonly VaultParametersFact[]
  /** What vaults have in markets themselves; absent where they have nothing there. */
  readonly vaultPositions?: readonly PositionFact[]
  /** Of vaults with adapters that lend in markets; absent where there are none. */
  readonly vaultAllocations?: readonly VaultAllocationFact[]
  readonly feeds: readonly FeedFact[]
  readonly prices: readonly PriceFact[]
  readonly pools: readonly PoolFact[]
  readonly poolStates: readonly PoolStateFact[]
  /** As they stood when the window began over which pools' prices are averaged; none for a pool that is younger. */
  readonly pastPoolStates: readonly PoolStateFact[]
  readonly poolTicks: readonly PoolTickFact[]
}

/** A contract that was there before the first indexed block, `blockNumber` being the one before it. */
export interface OpeningFact extends Fact {
  readonly protocol: string
  readonly contract: string
  /** Those asked about of whom it is not known what they had there; absent where that may be anybody. */
  readonly accounts?: readonly string[]
}

/** An asset of the configuration: which tokens are it, and how it moves. */
export interface AssetReference {
  readonly class: string
  readonly riskGroup: string
  readonly issuer: string | null
  /** What a wrapper can be exchanged for, and what says at which rate: the vault itself, or a feed. */
  readonly redeemsTo: { readonly asset: string; readonly via: 'erc4626' | { readonly proxy: string } } | null
  readonly tokens: Readonly<Record<string, string>>
  readonly bridge: Readonly<Record<string, string>>
}

/** A configured price source; `band` bounds what can be believed. */
export interface FeedReference {
  readonly chain: string
  readonly feed: string
  readonly base: string
  readonly quote: string
  readonly heartbeatSeconds: number
  readonly band: readonly [string, string] | null
  /** The smallest move it tells, a fraction as a decimal; absent where that is not known. */
  readonly deviation?: string
}

/** The part of the configuration a figure rests on. */
export interface Reference {
  readonly assets: Readonly<Record<string, AssetReference>>
  readonly feeds: readonly FeedReference[]
  /** How proven chains and protocols are, by name; absent where the configuration says nothing of any. */
  readonly tiers?: TierReference
}

export interface TierReference {
  readonly chains: Readonly<Record<string, string>>
  readonly protocols: Readonly<Record<string, string>>
}

/** The answer that stood at a UTC midnight: the day it began, counted from 1970-01-01, when it was given (unix seconds), and the raw answer. */
export type CloseFact = readonly [day: number, updatedAt: number, answer: string]

/** An answer, from the block on that brought it: that block's timestamp, when it was given (unix seconds), and the raw answer. */
export type AnswerFact = readonly [at: number, updatedAt: number, answer: string]

/** What a price source said before the cut. A day before its first answer has no close. */
export interface FeedHistoryFact {
  readonly feed: string
  /** Oldest first. */
  readonly closes: readonly CloseFact[]
  /** Everything since the midnight at or before the breaker's memory began, in the order of blocks. */
  readonly answers: readonly AnswerFact[]
}

/** What a venue had agreed with an account at the cut; `*` stands for every chain or protocol. The newest row of each scope. */
export interface AgreementFact {
  readonly account: string
  readonly chain: string
  readonly protocol: string
  readonly control: 'none' | 'notice' | 'enforceable'
  readonly unwindable: boolean
  /** Unix seconds. */
  readonly since: string
}

export interface Facts {
  readonly reference: Reference
  readonly chains: Readonly<Record<string, ChainFacts>>
  /** By chain, feeds by address; absent where a question does not rest on past prices. */
  readonly history?: Readonly<Record<string, readonly FeedHistoryFact[]>>
  /** Absent where no venue was named. */
  readonly agreements?: readonly AgreementFact[]
}
