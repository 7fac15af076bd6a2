import type { Control, LendingRule } from '../types/input'
import type { LendingParameters } from '../types/parameters'

/** What an evaluation needs of a collateral leg; `ResolvedLendingCollateral` is one. */
export interface CollateralLeg {
  readonly asset: string
  readonly quantity: number
  readonly oraclePrice: number
  readonly markPrice: number
  readonly liquidationThreshold: number
  readonly maxLtv: number
  /** Factor ≥ 1: collateral taken per value repaid. Comet: 1 ÷ liquidation factor. */
  readonly liquidationIncentive: number
  readonly enabled: boolean
  /** Quantity which can leave the market now; +Infinity = all. */
  readonly withdrawable: number
  /** A code where the price cannot be relied on: the leg then counts nothing. */
  readonly unusable?: string | null
}

export interface DebtLeg {
  readonly asset: string
  readonly quantity: number
  readonly oraclePrice: number
  readonly markPrice: number
}

/** What an evaluation needs of a lending unit; `ResolvedLendingUnit` is one. */
export interface UnitTerms {
  readonly rule: LendingRule
  readonly collateral: readonly CollateralLeg[]
  readonly debt: readonly DebtLeg[]
}

export interface UnitControl {
  readonly control: Control
  readonly unwindable: boolean
}

/** USD per unit for every leg of a unit: its collateral in order, then its debts in order. */
export interface UnitPrices {
  /** What the protocol liquidates on. */
  readonly oracle: ArrayLike<number>
  /** What is left is worth. */
  readonly mark: ArrayLike<number>
}

export interface UnitValue {
  /** Σ collateral at marks, USD. */
  readonly collateralValue: number
  /** The part of it that liquidation can take, USD. */
  readonly pledgedValue: number
  /** Σ debt at marks, USD. */
  readonly debtValue: number
  /** Σ collateral·LT ÷ Σ debt at oracle prices; `null` without debt. */
  readonly healthFactor: number | null
  /** The protocol would liquidate now. */
  readonly liquidatable: boolean
  /** E: what the owner keeps after simulated liquidation, at marks, ≥ 0. */
  readonly equity: number
  /** Debt which no collateral covers after it, at marks, ≥ 0. */
  readonly badDebt: number
  /** W: what can be moved out at the target health factor, at marks, ≥ 0. */
  readonly movable: number
  /** movable ÷ equity, in [0,1]; `null` without equity. */
  readonly reach: number | null
}

/** The policy part of `LendingParameters` which bounds W. */
export type MovablePolicy = Pick<LendingParameters, 'targetHealthFactor' | 'targetHealthFactorHigh' | 'highThreshold'>

/** One row per scenario. */
export interface UnitScenarioValues {
  readonly equity: Float64Array
  readonly badDebt: Float64Array
  readonly movable: Float64Array
}

/** A unit as flat arrays with its scratch space: evaluating it allocates nothing. One evaluation at a time. */
export interface CompiledLendingUnit {
  readonly rule: LendingRule
  readonly collaterals: number
  readonly legs: number
  /** By leg. */
  readonly quantity: Float64Array
  /** By collateral from here on. */
  readonly threshold: Float64Array
  readonly incentive: Float64Array
  /** Debt, in value, which one value of this collateral backs under the policy. */
  readonly backing: Float64Array
  /** Quantity which can leave, at most the leg's own. */
  readonly withdrawable: Float64Array
  /** 1 where liquidation can take it. */
  readonly pledged: Uint8Array
  /** 1 where it stands in the way of withdrawing other collateral. */
  readonly blocking: Uint8Array
  /** Collateral indexes by asset: the order in which ties are resolved. */
  readonly byAsset: Int32Array
  readonly scratch: {
    readonly oracleValue: Float64Array
    readonly markValue: Float64Array
    readonly key: Float64Array
    readonly order: Int32Array
  }
}
