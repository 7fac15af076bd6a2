/**
 * The stored form of a margin question: what arrives as JSON and what a fixture file holds.
 *
 * Every numeric may be a finite JSON number or a decimal string; the single conversion to float64 is `engine/resolve`.
 * Prices are USD per unit, quantities are whole units (not raw integers), rates are fractions per year, times are unix
 * seconds or ISO 8601. Positive quantities are long, and every debt quantity is positive.
 */
export type Numeric = number | string

/** Unix seconds, or an ISO 8601 time with a zone. */
export type Instant = number | string

export type Model = 'isolated' | 'cross' | 'portfolio' | 'var' | 'es' | 'greeks'

/** What the venue can do with a pledge: watch it, be told about it, or take it. */
export type Control = 'none' | 'notice' | 'enforceable'

export type LendingRule = 'aave' | 'morpho' | 'comet'

/** Where a claim was found, from the chain down to the leaf. */
export type Path = readonly string[]

/** Who is behind a claim; each is an axis of concentration. */
export interface Provenance {
  readonly chain?: string
  readonly protocol?: string
  readonly issuer?: string
  readonly curator?: string
  readonly oracle?: string
  /** How the token reached its chain. */
  readonly bridge?: 'native' | 'canonical' | 'bridged'
  readonly path?: Path
}

/** A step of the price-impact curve: selling `value` USD within the horizon costs `impact` (fraction) on average. */
export interface ImpactPoint {
  readonly value: Numeric
  readonly impact: Numeric
}

/** Facts about one holding which the haircut waterfall needs; a missing one uses the parameters' floor. */
export interface HaircutInputs {
  /** Annualised standard deviation of daily log returns. */
  readonly volatility?: Numeric
  /** USD redemption value of one unit of a wrapper; the discount already in the mark is 1 − mark ÷ redemption. */
  readonly redemptionPrice?: Numeric
  /** Impact curve on the deepest single chain usable within the horizon, by increasing value. */
  readonly impact?: readonly ImpactPoint[]
  readonly protocolTier?: string
  readonly chainTier?: string
  readonly oracleSources?: Numeric
  /** Deviation threshold of the feed, fraction. */
  readonly oracleDeviation?: Numeric
}

/** One free (unencumbered) leaf after look-through. */
export interface CollateralHolding extends Provenance {
  readonly id: string
  readonly asset: string
  readonly quantity: Numeric
  /** Missing prices come from `marketData.assets[asset]`. */
  readonly oraclePrice?: Numeric
  readonly markPrice?: Numeric
  readonly riskGroup?: string
  readonly class?: string
  /** Default `enforceable`. With `none` the credit is indicative and the engine counts it like any other. */
  readonly control?: Control
  /** Quantity which can be withdrawn now; default all of it. */
  readonly movable?: Numeric
  /** `null` or absent: usable. Otherwise the code why credit is 0. */
  readonly unusable?: string | null
  readonly haircut?: HaircutInputs
  readonly subAccount?: string
}

export interface LendingCollateral extends Provenance {
  readonly asset: string
  readonly quantity: Numeric
  readonly oraclePrice?: Numeric
  readonly markPrice?: Numeric
  readonly riskGroup?: string
  readonly class?: string
  /** Aave LT, Morpho LLTV, Comet liquidateCollateralFactor; fraction. */
  readonly liquidationThreshold: Numeric
  /** Aave ltv, Morpho LLTV, Comet borrowCollateralFactor; fraction. */
  readonly maxLtv: Numeric
  /** Factor ≥ 1. Morpho's is computed from its LLTV when absent; Comet's is 1 ÷ liquidationFactor. */
  readonly liquidationIncentive?: Numeric
  /** False when the owner has not enabled it as collateral: it then backs nothing. Default true. */
  readonly enabled?: boolean
  /** Quantity of the token which the market can pay out now; absent = unlimited. */
  readonly freeLiquidity?: Numeric
  /** Largest quantity that caps or queues allow out within the horizon; absent = unlimited. */
  readonly withdrawalCap?: Numeric
  /** Withdrawals are paused or the reserve is frozen in a way that stops them. */
  readonly paused?: boolean
  readonly unusable?: string | null
  readonly haircut?: HaircutInputs
}

export interface LendingDebt {
  readonly asset: string
  readonly quantity: Numeric
  readonly oraclePrice?: Numeric
  readonly markPrice?: Numeric
  readonly riskGroup?: string
  readonly class?: string
  readonly unusable?: string | null
}

/** A protocol's own risk unit of one account: what is liquidated together. One instrument, not two lists. */
export interface LendingUnit extends Provenance {
  readonly id: string
  readonly rule: LendingRule
  readonly control: Control
  readonly collateral: readonly LendingCollateral[]
  readonly debt: readonly LendingDebt[]
  /** The venue can unwind the unit (repay and take the rest) instead of only withdrawing. Default false. */
  readonly unwindable?: boolean
  readonly subAccount?: string
}

export interface OpenOrder {
  readonly side: 'buy' | 'sell'
  readonly quantity: Numeric
  readonly price: Numeric
}

/** One derivative or spot position at the venue: the body format of `POST /margin`. */
export interface PositionInput {
  readonly id: string
  readonly kind: 'spot' | 'perp' | 'future' | 'option'
  readonly underlying: string
  /** Signed; long > 0. Units of the underlying; for `inverse` perps and futures USD of notional, for inverse options units. */
  readonly quantity: Numeric
  readonly entryPrice?: Numeric
  /** USD per unit of the underlying; for an option its premium (USD for linear, units of the underlying for inverse). */
  readonly markPrice?: Numeric
  readonly strike?: Numeric
  readonly expiry?: Instant
  readonly optionType?: 'call' | 'put'
  readonly settlement?: 'linear' | 'inverse'
  readonly impliedVol?: Numeric
  readonly subAccount?: string
  readonly openOrders?: readonly OpenOrder[]
}

export interface ExpiryMarket {
  readonly expiry: Instant
  /** Forward of the underlying, once expired its settlement price; default indexPrice ÷ discount factor. */
  readonly forward?: Numeric
  /** Continuously compounded rate per year, ≥ 0; default 0. */
  readonly rate?: Numeric
  /** One volatility for options of this expiry which carry none. */
  readonly vol?: Numeric
  readonly forwardConfidence?: Numeric
  readonly rateConfidence?: Numeric
  readonly volConfidence?: Numeric
}

export interface AssetMarket {
  /** Composite spot reference. */
  readonly indexPrice?: Numeric
  /** Price our books are valued at; default indexPrice. */
  readonly markPrice?: Numeric
  /** What the lending protocols liquidate on; default indexPrice. */
  readonly oraclePrice?: Numeric
  /** A class of the parameters, e.g. `BTC`, `ETH`, `LST`, `majorStable`, `minorStable`, `largeAlt`, `vaultShare`. */
  readonly class?: string
  /** Assets that move as one (ETH and its wrappers); default the asset itself. */
  readonly riskGroup?: string
  /** Confidence of the spot price in [0,1]; default 1. */
  readonly confidence?: Numeric
  readonly perp?: { readonly markPrice?: Numeric; readonly confidence?: Numeric }
  readonly expiries?: readonly ExpiryMarket[]
  /** Volatility for options without one and without an expiry's. */
  readonly vol?: Numeric
  /** What longs pay shorts per 8 hours, fraction of notional. */
  readonly fundingRate?: Numeric
  /** Annualised standard deviation of daily log returns. */
  readonly volatility?: Numeric
  /** Circuit breaker: factor ≥ 1 on the scan's shocks in the initial requirement; default 1. */
  readonly shockFactor?: Numeric
  /** The same in the maintenance requirement, which follows after a ramp: at most `shockFactor`; default 1. */
  readonly maintenanceShockFactor?: Numeric
  /** USD that moves the price by 2 %, and USD traded a day: the size from which concentration is charged. */
  readonly depth2Percent?: Numeric
  readonly dailyVolume?: Numeric
}

/** Joint past moves, oldest first: row t of every series is the same interval. */
export interface HistoryInput {
  /** Simple returns per asset or risk group; all of one length. */
  readonly returns: Readonly<Record<string, readonly Numeric[]>>
  /** Relative moves of implied volatility; absent = 0. */
  readonly volMoves?: Readonly<Record<string, readonly Numeric[]>>
  /** Length of one interval in days; default 1. */
  readonly horizonDays?: Numeric
}

export interface MarketDataInput {
  readonly assets?: Readonly<Record<string, AssetMarket>>
  readonly history?: HistoryInput
  /** Correlation of risk groups; floors of the parameters are blended in. Missing pairs use the floor. */
  readonly correlations?: Readonly<Record<string, Readonly<Record<string, Numeric>>>>
  /** Published risk arrays by position id: P&L per unit, gain positive, in the order of the scenario set. */
  readonly riskArrays?: Readonly<Record<string, readonly Numeric[]>>
}

/** Cash at the venue. `asset` USD carries no factor; a stablecoin carries its own. Negative cash is recourse debt. */
export interface CashInput {
  readonly asset: string
  readonly quantity: Numeric
  readonly subAccount?: string
}

/** What the figures of all accounts at one price tick have in common. */
export interface TickInput {
  readonly at: Instant
  readonly marketData?: MarketDataInput
  /** Id of a shipped set (default `house-1`) or a whole set; see `engine/types/parameters.ts`. */
  readonly parameters?: string | object
}

/** What is asked about one account. */
export interface AccountInput {
  readonly model: Model
  /** USD, or one row per asset and sub-account. Default 0. */
  readonly cash?: Numeric | readonly CashInput[]
  /** USD owed to the venue itself (venue loans), ≥ 0. Default 0. */
  readonly recourseDebt?: Numeric
  /** USD, signed: what would be received if funding settled now. Default 0. */
  readonly accruedFunding?: Numeric
  readonly collateral?: readonly CollateralHolding[]
  readonly lendingUnits?: readonly LendingUnit[]
  readonly positions?: readonly PositionInput[]
}

/** One question, complete in itself. */
export interface MarginInput extends TickInput, AccountInput {}
