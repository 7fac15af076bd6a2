import type { Control, LendingRule, Model } from './input'
import type { AssetClass, ParameterSet } from './parameters'

/**
 * The resolved form: what the engine computes with. Every number is a finite float64, every reference is looked up, every
 * list is sorted by id, and debts are positive quantities. Never stored; made from `MarginInput` by `resolve`.
 */

export interface ResolvedProvenance {
  readonly chain: string | null
  readonly protocol: string | null
  readonly issuer: string | null
  readonly curator: string | null
  readonly oracle: string | null
  readonly bridge: 'native' | 'canonical' | 'bridged'
}

export interface ResolvedHaircutInputs {
  readonly volatility: number | null
  readonly redemptionPrice: number | null
  readonly impact: readonly { readonly value: number; readonly impact: number }[]
  readonly protocolTier: string | null
  readonly chainTier: string | null
  readonly oracleSources: number | null
  readonly oracleDeviation: number
}

/** One asset inside a holding or a unit. */
export interface ResolvedAsset {
  readonly asset: string
  readonly className: string
  readonly class: AssetClass
  readonly riskGroup: string
  readonly quantity: number
  readonly oraclePrice: number
  readonly markPrice: number
  /** Code why the credit is 0; then prices may be 0. */
  readonly unusable: string | null
}

export interface ResolvedHolding extends ResolvedAsset, ResolvedProvenance {
  readonly id: string
  readonly subAccount: string
  readonly control: Control
  readonly movable: number
  readonly haircut: ResolvedHaircutInputs
}

export interface ResolvedLendingCollateral extends ResolvedAsset, ResolvedProvenance {
  readonly liquidationThreshold: number
  readonly maxLtv: number
  /** Factor ≥ 1. */
  readonly liquidationIncentive: number
  readonly enabled: boolean
  /** Quantity which can leave the market now, after liquidity, caps and pauses; +Infinity = unlimited. */
  readonly withdrawable: number
  readonly haircut: ResolvedHaircutInputs
}

export interface ResolvedLendingUnit extends ResolvedProvenance {
  readonly id: string
  readonly rule: LendingRule
  readonly control: Control
  readonly unwindable: boolean
  readonly subAccount: string
  readonly collateral: readonly ResolvedLendingCollateral[]
  readonly debt: readonly ResolvedAsset[]
  readonly unusable: string | null
}

export interface ResolvedOrder {
  /** Signed quantity: buys > 0. */
  readonly quantity: number
  readonly price: number
}

interface Terms {
  readonly id: string
  readonly underlying: string
  readonly riskGroup: string
  readonly subAccount: string
  /** Signed units of the underlying; an inverse contract of N USD entered at e is N ÷ e units (its USD P&L is the same). */
  readonly quantity: number
  /** The quantity as the venue states it. */
  readonly statedQuantity: number
  readonly orders: readonly ResolvedOrder[]
  /** P&L per unit and scenario published by the venue, instead of our own revaluation. */
  readonly published: Float64Array | null
}

export interface Perp extends Terms {
  readonly kind: 'perp'
  readonly entryPrice: number
  readonly markPrice: number
}

export interface Future extends Terms {
  readonly kind: 'future'
  readonly entryPrice: number
  readonly markPrice: number
  readonly expiry: number
}

export interface Option extends Terms {
  readonly kind: 'option'
  readonly strike: number
  readonly isCall: boolean
  readonly expiry: number
  /** USD per unit; `null` = at the model. */
  readonly markPremium: number | null
  readonly vol: number
}

/** Spot borrowed from the venue (spot held is a `ResolvedHolding`). */
export interface ShortSpot extends Terms {
  readonly kind: 'spot'
  readonly markPrice: number
}

export type Instrument = ShortSpot | Perp | Future | Option

export interface ResolvedExpiry {
  readonly expiry: number
  readonly forward: number
  readonly rate: number
  readonly vol: number | null
  readonly forwardConfidence: number
  readonly rateConfidence: number
  readonly volConfidence: number
}

export interface ResolvedUnderlying {
  readonly asset: string
  readonly className: string
  readonly class: AssetClass
  readonly riskGroup: string
  readonly indexPrice: number
  readonly markPrice: number
  readonly oraclePrice: number
  readonly confidence: number
  readonly perpMarkPrice: number
  readonly perpConfidence: number
  readonly expiries: readonly ResolvedExpiry[]
  readonly vol: number | null
  readonly fundingRate: number | null
  /** Annualised standard deviation of daily log returns. */
  readonly volatility: number | null
  /** Circuit breaker's factors on shocks, ≥ 1. */
  readonly shockFactor: number
  readonly maintenanceShockFactor: number
  /** `null` when the market data give none. */
  readonly concentrationThreshold: number | null
}

export interface ResolvedHistory {
  readonly length: number
  readonly returns: ReadonlyMap<string, Float64Array>
  readonly volMoves: ReadonlyMap<string, Float64Array>
  readonly horizonDays: number
}

export interface ResolvedMarket {
  readonly assets: ReadonlyMap<string, ResolvedUnderlying>
  readonly history: ResolvedHistory | null
  readonly correlations: ReadonlyMap<string, ReadonlyMap<string, number>>
  readonly riskArrays: ReadonlyMap<string, Float64Array>
}

export interface ResolvedCash {
  readonly asset: string
  /** `null` for USD, which carries no factor. */
  readonly riskGroup: string | null
  readonly className: string | null
  readonly subAccount: string
  readonly quantity: number
  readonly price: number
  readonly cashLike: boolean
}

/** P&L per unit of contracts under one set of shocks, USD, gain positive. */
export interface RiskArrayTable {
  readonly scenarios: number
  /** Row of every contract valued so far. */
  readonly rows: Map<string, number>
  /** Contract × scenario, contiguous. When it is full a longer copy takes its place: what was handed out stays as it was. */
  pnl: Float64Array
}

/** What was computed once in a tick and serves every account. It only remembers: the figures have the same bits without it. */
export interface TickMemory {
  /** By set of shocks. */
  readonly riskArrays: Map<string, RiskArrayTable>
  /** Past returns rescaled to today's volatility, by the series they come from. */
  readonly filteredReturns: Map<Float64Array, Float64Array>
}

/** A market at one instant under one parameter set: what a price tick makes new, and every account of a venue shares. */
export interface Tick {
  /** Unix seconds. */
  readonly at: number
  readonly market: ResolvedMarket
  readonly parameters: ParameterSet
  readonly memory: TickMemory
}

export interface Portfolio extends Tick {
  readonly model: Model
  readonly cash: readonly ResolvedCash[]
  readonly recourseDebt: number
  readonly accruedFunding: number
  readonly holdings: readonly ResolvedHolding[]
  readonly units: readonly ResolvedLendingUnit[]
  readonly instruments: readonly Instrument[]
}
