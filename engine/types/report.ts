import type { Control, LendingRule, Model } from './input'

/** Signs: values and P&L positive when good for the account; requirements, losses, add-ons and debts positive. USD. */
export type Status = 'NORMAL' | 'WARNING' | 'MARGIN_CALL' | 'REDUCE_ONLY' | 'LIQUIDATABLE' | 'BANKRUPT' | 'STALE'

export interface AddOn {
  readonly kind: string
  /**
   * `outside`: added to the requirement as it is. `base`: competes with the worst loss. `inside`: added to the worst loss before the set's factors. `floor`: the worst loss
   * and what is inside are at least this much.
   */
  readonly place: 'base' | 'inside' | 'floor' | 'outside'
  /** Part of the initial requirement, ≥ 0. */
  readonly amount: number
  /** Part of the maintenance requirement, ≥ 0. */
  readonly maintenanceAmount: number
  /** Figures behind the charge, by name. */
  readonly details?: Readonly<Record<string, number>>
}

export interface Components {
  /** Worst weighted scenario loss, aggregated over risk groups. */
  readonly scan: number
  /** Expected shortfall (or VaR) over joint moves; `null` where it cannot be computed or is not part of the model. */
  readonly joint: number | null
  /** Why `joint` is `null`; `null` where it is a figure. */
  readonly jointReason: string | null
  /** Weighted worst named crash. */
  readonly stress: number
  /** Factors on the worst loss (and what is inside it) in the initial and the maintenance requirement. */
  readonly initialFactor: number
  readonly maintenanceFactor: number
  readonly addOns: readonly AddOn[]
}

/** One relative price move of a scenario, −0.2 = down 20 %. */
export interface ScenarioMove {
  readonly riskGroup: string
  readonly price: number
  readonly vol: number
}

export interface WorstScenario {
  readonly id: string
  readonly loss: number
  readonly moves: readonly ScenarioMove[]
}

/** Unweighted and weighted P&L of the whole account in one scenario of one risk group (or of all: `*`). */
export interface ScenarioRow {
  readonly id: string
  readonly riskGroup: string
  readonly pnl: number
  readonly weight: number
}

/** Part of the initial requirement carried by one leg; the legs sum to `initialMargin`. */
export interface AttributionRow {
  readonly leg: string
  readonly kind: 'position' | 'collateral' | 'lendingUnit' | 'cash' | 'addOn' | 'diversification'
  readonly amount: number
}

export interface GreeksRow {
  readonly underlying: string
  /** Units of the underlying. */
  readonly delta: number
  readonly gamma: number
  /** USD per 1.00 of volatility. */
  readonly vega: number
  /** USD per day. */
  readonly theta: number
}

export interface PositionRow {
  readonly id: string
  readonly kind: 'spot' | 'perp' | 'future' | 'option'
  readonly underlying: string
  readonly subAccount: string
  readonly quantity: number
  /** Value of an option or of a spot holding; 0 for perps and futures. */
  readonly marketValue: number
  readonly unrealizedPnl: number
  readonly delta: number
  readonly gamma: number
  readonly vega: number
  readonly theta: number
  readonly expired: boolean
}

/** One step of the haircut waterfall; the amounts of a row's steps sum to value − credit. */
export interface HaircutStep {
  readonly step: string
  /** Value before the step, USD. */
  readonly input: number
  /** The rule that decided, e.g. `floor:ETH`. */
  readonly rule: string
  /** Fraction in [0,1]. */
  readonly haircut: number
  /** USD taken by the step. */
  readonly amount: number
}

export interface CollateralRow {
  readonly id: string
  readonly asset: string
  readonly riskGroup: string
  readonly subAccount: string
  readonly quantity: number
  readonly oraclePrice: number
  readonly markPrice: number
  readonly marketValue: number
  readonly movable: number
  readonly steps: readonly HaircutStep[]
  readonly credit: number
  /** Why the credit is 0 although there is a value. */
  readonly reasonCode: string | null
}

export interface LendingUnitRow {
  readonly id: string
  readonly rule: LendingRule
  readonly control: Control
  readonly subAccount: string
  /** Σ at marks of what has a usable price. */
  readonly collateralValue: number
  /** Σ at marks, a stablecoin owed at par at least; so it is in every figure of the row. */
  readonly debtValue: number
  /** E: equity after simulated protocol liquidation, ≥ 0. The waterfall begins from it. */
  readonly equity: number
  readonly badDebt: number
  /** `null` without debt, and where a price cannot be used. */
  readonly healthFactor: number | null
  /** W: what can be moved at the target health factor, USD. */
  readonly movable: number
  /** movable ÷ equity in [0,1]; `null` without equity. */
  readonly reach: number | null
  readonly steps: readonly HaircutStep[]
  readonly credit: number
  readonly reasonCode: string | null
}

export interface ExpiryRow {
  readonly underlying: string
  /** Unix seconds. */
  readonly expiry: number
  readonly forward: number
  readonly discountFactor: number
  /** Factors which a scenario set applies to positive and negative shocked option values; 1 when it has none. */
  readonly assetDiscount: number
  readonly liabilityDiscount: number
  /** Worst loss of a forward move alone, ≤ 0. */
  readonly basisPnl: number
}

/** A sub-account's own figure under `isolated`. */
export interface SubAccountRow {
  readonly subAccount: string
  readonly marginBalance: number
  readonly initialMargin: number
  readonly maintenanceMargin: number
  readonly excessInitialMargin: number
  readonly excessMaintenanceMargin: number
}

/** Part of the initial requirement that must be held as cash or major stablecoins; it limits withdrawals. */
export interface CashShare {
  readonly required: number
  readonly held: number
}

export interface MarginReport {
  readonly model: Model
  readonly parametersVersion: string
  readonly status: Status
  /** Σ collateral at marks, free leaves and lending units. */
  readonly grossCollateralValue: number
  /** Σ lending debt at marks. */
  readonly debtValue: number
  /** grossCollateralValue − debtValue. */
  readonly grossEquity: number
  readonly nonRecourseShortfall: number
  /** grossEquity + nonRecourseShortfall − collateralCredit. */
  readonly haircutTotal: number
  readonly collateralCredit: number
  readonly cash: number
  readonly netOptionValue: number
  readonly unrealizedPnl: number
  readonly accruedFunding: number
  readonly recourseDebt: number
  readonly marginBalance: number
  readonly initialMargin: number
  readonly maintenanceMargin: number
  readonly excessInitialMargin: number
  readonly excessMaintenanceMargin: number
  /** maintenanceMargin ÷ marginBalance; `null` when the balance is ≤ 0, and then the reason says so. */
  readonly marginRatio: number | null
  readonly marginRatioReason: string | null
  readonly availableToWithdraw: number
  readonly cashShare: CashShare
  readonly components: Components
  /** `null` when nothing loses in any scenario. */
  readonly worstScenario: WorstScenario | null
  readonly attribution: readonly AttributionRow[]
  readonly greeks: readonly GreeksRow[]
  readonly positions: readonly PositionRow[]
  readonly collateral: readonly CollateralRow[]
  readonly lendingUnits: readonly LendingUnitRow[]
  readonly expiries: readonly ExpiryRow[]
  readonly scenarios: readonly ScenarioRow[]
  /** Only under `isolated`. */
  readonly subAccounts: readonly SubAccountRow[]
  /** Full-revaluation and delta-gamma-vega figures; only for `var`, `es` and `greeks`. */
  readonly measures: Readonly<Record<string, number>>
}
