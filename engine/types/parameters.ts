/**
 * A versioned set of every number that is a choice. All sets, ours and the published ones, have this one form and
 * feed the one `margin()`. Fractions unless said otherwise; USD; years of 365 days.
 */

/** One joint move of a risk group: price and volatility of every factor in it. */
export interface ScenarioRule {
  readonly id: string
  /** Spot multiplier, ≥ 0. */
  readonly price: number
  /** Signed volatility range before the expiry power law; 0 = unmoved. */
  readonly vol: number
  /** A skew scenario moves volatility by strike, forwards standing still, and counts the absolute change of every expiry as a loss. */
  readonly skew: 'none' | 'linear' | 'abs'
  /** Move of a wrapper's price in its underlying, ≤ 0. */
  readonly ratio: number
  /** Multiplies the P&L, ≥ 0; tails count for less than 1. */
  readonly weight: number
}

/** Multiplier at expiry t: `1 ± range·(pivot ÷ max(t, floor))^p`, p by side of the pivot. */
export interface VolShock {
  readonly pivotDays: number
  readonly floorDays: number
  readonly shortPower: number
  readonly longPower: number
  /** Volatility moved up is at least this. */
  readonly minimumShockedVol: number
}

export interface SkewCap {
  /** `cap = base + slope·√t`; may be negative. */
  readonly base: number
  readonly slope: number
}

export interface SkewShock {
  readonly linear: SkewCap
  readonly abs: SkewCap
  /** `k* = max(minimumWidth, √t·width·(widthStatic + widthSlope·√t))`. */
  readonly minimumWidth: number
  readonly width: number
  readonly widthStatic: number
  readonly widthSlope: number
}

/** Factor on an expiry's shocked value: `base·e^{−t(r·rateMultiplier + rateAddend)}` when positive, its mirror when negative. */
export interface OptionDiscount {
  readonly asset: { readonly base: number; readonly rateMultiplier: number; readonly rateAddend: number }
  readonly liability: { readonly base: number; readonly rateMultiplier: number; readonly rateAddend: number }
}

/** A move of the forward alone; its loss is scaled by `addend + multiplier·t`. */
export interface BasisShock {
  readonly up: number
  readonly down: number
  readonly addend: number
  readonly multiplier: number
}

export interface ScenarioSet {
  readonly scenarios: readonly ScenarioRule[]
  readonly volShock: VolShock
  readonly skew: SkewShock | null
  readonly optionDiscount: OptionDiscount | null
  readonly basis: BasisShock | null
  /** Within this time of expiry the forward moves with spot only pro rata (settlement averaging). */
  readonly forwardFreezeSeconds: number
}

/** Rates of the slice of notional up to `notional` USD (`null` = without end). */
export interface RateTier {
  readonly notional: number | null
  readonly initial: number
  readonly maintenance: number
}

/** Ratio counted on the slice of size up to `upTo` (`null` = without end). */
export interface CreditTier {
  readonly upTo: number | null
  readonly ratio: number
}

export interface AssetClass {
  readonly family: 'major' | 'alt' | 'stable'
  /** Which scenario set moves a group headed by this class. */
  readonly scenarioSet: string
  /** Moves with its group times its own ratio (a staked or wrapped token). */
  readonly wrapper: boolean
  /** Counts towards the cash share. */
  readonly cashLike: boolean
  readonly haircutFloor: number
  readonly wrapperFloor: number
  readonly horizonDays: number
  readonly rateTiers: readonly RateTier[]
  /** Size from which concentration is charged when the market data give none, USD. */
  readonly concentrationThreshold: number
}

export interface HaircutParameters {
  /** z·σ·√(detectDays + horizon·(1+n)(1+2n)/(6n²)), in `isolated` and `cross` only. */
  readonly market: { readonly z: number; readonly detectDays: number; readonly slices: number }
  /** Progressive tiers on the account's total, USD of market value, by risk group and by issuer; absent = none. */
  readonly riskGroupTiers: Readonly<Record<string, readonly CreditTier[]>>
  readonly issuerTiers: Readonly<Record<string, readonly CreditTier[]>>
  readonly protocolTiers: Readonly<Record<string, number>>
  readonly chainTiers: Readonly<Record<string, number>>
  /** Tier of a holding that names none. */
  readonly defaultProtocolTier: string
  readonly defaultChainTier: string
  readonly bridge: { readonly native: number; readonly canonical: number; readonly bridged: number }
  readonly oracle: { readonly singleSource: number; readonly deviationMultiplier: number }
  /** Largest credit, USD; absent or `null` = none. Keys of `assetChain` are `asset:chain`. */
  readonly caps: {
    readonly assetChain: Readonly<Record<string, number>>
    readonly account: number | null
    readonly global: Readonly<Record<string, number>>
  }
}

export interface LendingParameters {
  /** Health factor at which a unit is to be left by what leaves it: h*, ≥ 1, chosen leg by leg. */
  readonly targetHealthFactor: number
  /** The same for a collateral leg whose own liquidation threshold is above `highThreshold`. */
  readonly targetHealthFactorHigh: number
  readonly highThreshold: number
  readonly unwindCost: number
}

/** How often two families move together at least. */
export interface CorrelationFloor {
  readonly between: readonly [string, string]
  readonly floor: number
}

/** One named crash: relative moves by asset; `cited` false marks an assumption. */
export interface NamedCrash {
  readonly id: string
  readonly kind: 'crash' | 'depeg' | 'collapse'
  readonly horizonDays: number
  /** Relative move of volatility, scaled by expiry like a grid's. */
  readonly vol: number
  readonly moves: readonly {
    readonly factor: string
    readonly move: number
    readonly cited: boolean
    /** Seen on one venue only: not applied to holdings elsewhere. */
    readonly venueOnly: boolean
  }[]
  /** Move of every wrapper's price in its underlying, on top of the underlying's move. */
  readonly ratio: { readonly move: number; readonly cited: boolean } | null
  /** Move of families which are not named. */
  readonly proxies: Readonly<Partial<Record<'major' | 'alt' | 'stable', number>>>
  readonly sources: readonly string[]
}

/** What a charge does in `core = max(max(losses, base) + Σ inside, floors)`, `requirement = factor·core + Σ outside`. */
export type ChargePlace = 'base' | 'inside' | 'floor' | 'outside'

export type ChargeRule =
  /** |perp and future quantity|·spot·rate. */
  | { readonly kind: 'perpStatic'; readonly place: ChargePlace; readonly initial: number; readonly maintenance: number }
  /** max(0, −net)·spot·rate, calls and puts of one expiry and strike netted together. */
  | {
      readonly kind: 'shortOptionStatic'
      readonly place: ChargePlace
      readonly initial: number
      readonly maintenance: number
    }
  /** Collateral value·haircut, where the set charges haircuts instead of deducting them. */
  | { readonly kind: 'collateralHaircut'; readonly place: ChargePlace }
  /** (1 − confidence)·rate·notional wherever a feed's confidence is below the threshold. */
  | {
      readonly kind: 'oracleConfidence'
      readonly place: ChargePlace
      readonly threshold: number
      readonly rate: number
    }
  /** |net delta|·net + hedged delta·hedged, times spot. */
  | { readonly kind: 'minimumDelta'; readonly place: ChargePlace; readonly net: number; readonly hedged: number }
  /** Adverse funding over the hours; `maintenance` is the part of it in the maintenance requirement. */
  | {
      readonly kind: 'funding'
      readonly place: ChargePlace
      readonly hours: number
      readonly defaultRate: number
      readonly maintenance: number
    }
  /** |notional|·rate: closing fees. */
  | { readonly kind: 'fee'; readonly place: ChargePlace; readonly rate: number }
  /** Σ notional·rate, then multiplied progressively by tier of the charge itself. */
  | {
      readonly kind: 'minimumCharge'
      readonly place: ChargePlace
      readonly rate: number
      readonly tiers: readonly { readonly upTo: number | null; readonly multiplier: number }[]
    }
  /** Loss of option value over one day, nothing else moving. */
  | { readonly kind: 'timeDecay'; readonly place: ChargePlace; readonly days: number }
  /** Σ over pairs of expiries of matched notional·annualised move·distance in years. */
  | { readonly kind: 'calendarBasis'; readonly place: ChargePlace; readonly annualised: number }
  /** Marginal charge on what is concentrated, dearest axis. */
  | {
      readonly kind: 'concentration'
      readonly place: ChargePlace
      readonly shares: Readonly<Partial<Record<ConcentrationAxis, number>>>
    }

export type ConcentrationAxis = 'asset' | 'issuer' | 'protocol' | 'chain' | 'oracle' | 'curator'

/** Per-asset treatment where a set does not derive it from the class. */
export interface AssetTreatment {
  /** Its value offsets derivative losses in the scenarios of its group. */
  readonly riskCancelling: boolean
  readonly maintenanceHaircut: number
  readonly initialHaircutExtra: number
}

export interface JointRule {
  readonly confidence: number
  readonly method: 'historical' | 'weighted' | 'filtered'
  readonly decay: number
}

/** The circuit breaker of a risk group. Times are seconds. */
export interface BreakerRule {
  /** Window over which a move is measured: how long a liquidation takes. */
  readonly latencySeconds: number
  /** k: standard deviations of a move over the window beyond which the breaker trips. */
  readonly deviations: number
  /** Largest factor on the shocks, ≥ 1. */
  readonly maxFactor: number
  /** Time in which the factor's excess over 1 halves. */
  readonly halfLifeSeconds: number
  /** Time in which the maintenance factor may rise from 1 to `maxFactor`; smaller rises take their share of it. */
  readonly rampSeconds: number
}

/** How volatilities, correlations, joint moves and the circuit breaker are taken from indexed prices. */
export interface MarketHistoryRule {
  /** Daily closes that are looked at, back from the cut. */
  readonly windowDays: number
  /** One-day moves below which an asset has no volatility, and two groups no correlation. */
  readonly minimumMoves: number
  /** Common one-day moves below which there are no joint moves. */
  readonly minimumJointMoves: number
  readonly volatility: {
    /** Weight of yesterday's variance, in (0,1). */
    readonly fastDecay: number
    readonly slowDecay: number
    /** s in `max(fast², slow², (1 − s)·slow² + s·stress²)`. */
    readonly stressShare: number
    /** Length of the worst stretch of the window that counts as stress. */
    readonly stressDays: number
    /** Annualised volatility under stress by family, even where the window holds no stress. */
    readonly stress: { readonly major: number; readonly alt: number; readonly stable: number }
  }
  readonly breaker: BreakerRule
}

export interface ParameterSet {
  readonly id: string
  readonly version: string
  /** Where numbers come from, by JSON pointer prefix; `assumption` or `assumption: …` labels what is to be calibrated. */
  readonly sources: Readonly<Record<string, string>>
  /** Asset whose price divides collateral values; `null` = USD. */
  readonly numeraire: string | null
  readonly classes: Readonly<Record<string, AssetClass>>
  /** Class of an asset which names none. */
  readonly defaultClass: string
  readonly scenarioSets: Readonly<Record<string, ScenarioSet>>
  readonly correlationFloors: readonly CorrelationFloor[]
  readonly joint: JointRule | null
  /** What is read off past prices; `null`: nothing, every figure of the market is the caller's. */
  readonly marketHistory: MarketHistoryRule | null
  readonly stress: {
    readonly weight: number
    /** Weight of losing everything behind one curator. */
    readonly curatorWeight: number
    readonly crashes: readonly NamedCrash[]
  } | null
  /** The measure of the `var` and `es` models. */
  readonly measures: { readonly valueAtRisk: number; readonly expectedShortfall: number }
  readonly factors: {
    readonly initial: number
    readonly maintenance: number
    /** Adds max(0, threshold − numeraire price)·factor to the initial factor. */
    readonly peg: { readonly threshold: number; readonly factor: number } | null
  }
  /** Validate that no initial figure is below its maintenance figure; published sets are taken as they are. */
  readonly initialCoversMaintenance: boolean
  readonly charges: readonly ChargeRule[]
  readonly collateral: {
    /** `credit`: haircuts reduce the balance. `charge`: the balance holds full value, haircuts are a charge. */
    readonly treatment: 'credit' | 'charge'
    readonly gainsOffset: number
    readonly cashShare: number
    readonly assets: Readonly<Record<string, AssetTreatment>>
  }
  readonly haircuts: HaircutParameters
  readonly lending: LendingParameters
  readonly statuses: { readonly warning: number; readonly reduceOnly: number }
}
