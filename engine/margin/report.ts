import type { MarginReport, Model, SubAccountRow } from '../types'
import { expiryRows } from './expiryRows'
import { greeksByUnderlying } from './exposures'
import type { Requirement } from './requirement'
import { statusOf } from './status'
import type { Valuation } from './valuation'

/** The parts of the margin balance, USD. */
export interface Balance {
  readonly grossCollateralValue: number
  readonly debtValue: number
  readonly collateralCredit: number
  readonly netOptionValue: number
  readonly unrealizedPnl: number
  readonly marginBalance: number
}

const sum = <T>(rows: readonly T[], amount: (row: T) => number) => rows.reduce((total, row) => total + amount(row), 0)

/**
 * Adds the margin balance up: collateral credit + cash + net option value + unrealised P&L + accrued funding − recourse debt.
 *
 * @param countsLongOptions only `portfolio` and its relatives count the value of long options.
 */
export function balanceOf(valuation: Valuation, countsLongOptions: boolean): Balance {
  const { collateral, lendingUnits, positions, cash, accruedFunding, recourseDebt } = valuation
  const collateralCredit = sum(collateral, (row) => row.credit) + sum(lendingUnits, (row) => row.credit)
  const options = positions.filter((row) => row.kind === 'option')
  const netOptionValue = sum(options, (row) => (countsLongOptions ? row.marketValue : Math.min(0, row.marketValue)))
  const unrealizedPnl = sum(positions, (row) => row.unrealizedPnl)
  return {
    grossCollateralValue: sum(collateral, (row) => row.marketValue) + sum(lendingUnits, (row) => row.collateralValue),
    debtValue: sum(lendingUnits, (row) => row.debtValue),
    collateralCredit,
    netOptionValue,
    unrealizedPnl,
    marginBalance: collateralCredit + cash + netOptionValue + unrealizedPnl + accruedFunding - recourseDebt,
  }
}

/**
 * What can leave now: the excess over the initial requirement without long option value and unrealised gains, in cash or movable
 * collateral, the cash share of the requirement staying behind.
 */
function availableToWithdraw(valuation: Valuation, balance: Balance, requirement: Requirement, share: number): number {
  const { netOptionValue, unrealizedPnl, marginBalance } = balance
  const paper = Math.max(0, netOptionValue) + Math.max(0, unrealizedPnl)
  const excess = marginBalance - paper - requirement.initialMargin
  const cashHeld = valuation.cash
  const cashFree = Math.max(0, Math.min(cashHeld, valuation.cashLike - share * requirement.initialMargin))
  const movable =
    sum(valuation.collateral, (row) => Math.min(row.credit, row.movable)) +
    sum(valuation.lendingUnits, (row) => Math.min(row.credit, row.movable))
  return Math.max(0, Math.min(excess, cashFree + movable))
}

/** Figures which follow from balance and requirement, and which `isolated` takes from its worst sub-account. */
export type Outcome = Pick<
  MarginReport,
  | 'status'
  | 'excessInitialMargin'
  | 'excessMaintenanceMargin'
  | 'marginRatio'
  | 'marginRatioReason'
  | 'availableToWithdraw'
>

/** Compares a balance with a requirement. */
export function outcomeOf(valuation: Valuation, balance: Balance, requirement: Requirement): Outcome {
  const { statuses, collateral } = valuation.account.parameters
  const { marginBalance } = balance
  const { initialMargin, maintenanceMargin } = requirement
  const excessInitialMargin = marginBalance - initialMargin
  const solvent = marginBalance > 0
  return {
    status: statusOf({ marginBalance, maintenanceMargin, excessInitialMargin }, statuses),
    excessInitialMargin,
    excessMaintenanceMargin: marginBalance - maintenanceMargin,
    marginRatio: solvent ? Math.min(Number.MAX_VALUE, maintenanceMargin / marginBalance) : null,
    marginRatioReason: solvent ? null : 'BALANCE_NOT_POSITIVE',
    availableToWithdraw: availableToWithdraw(valuation, balance, requirement, collateral.cashShare),
  }
}

/** What only some models add to a report. */
export interface Extras {
  readonly measures?: Readonly<Record<string, number>>
  readonly outcome?: Outcome
  readonly subAccounts?: readonly SubAccountRow[]
}

/** Puts a valuation and a requirement together into the one report. */
export function report(
  model: Model,
  valuation: Valuation,
  balance: Balance,
  requirement: Requirement,
  { measures = {}, outcome = outcomeOf(valuation, balance, requirement), subAccounts = [] }: Extras = {},
): MarginReport {
  const { account, positions, nonRecourseShortfall } = valuation
  const { version, collateral } = account.parameters
  const { grossCollateralValue, debtValue, collateralCredit } = balance
  const grossEquity = grossCollateralValue - debtValue
  return {
    model,
    parametersVersion: version,
    ...outcome,
    grossCollateralValue,
    debtValue,
    grossEquity,
    nonRecourseShortfall,
    haircutTotal: grossEquity + nonRecourseShortfall - collateralCredit,
    collateralCredit,
    cash: valuation.cash,
    netOptionValue: balance.netOptionValue,
    unrealizedPnl: balance.unrealizedPnl,
    accruedFunding: valuation.accruedFunding,
    recourseDebt: valuation.recourseDebt,
    marginBalance: balance.marginBalance,
    initialMargin: requirement.initialMargin,
    maintenanceMargin: requirement.maintenanceMargin,
    cashShare: { required: collateral.cashShare * requirement.initialMargin, held: valuation.cashLike },
    components: requirement.components,
    worstScenario: requirement.worstScenario,
    attribution: requirement.attribution,
    greeks: greeksByUnderlying(positions),
    positions,
    collateral: valuation.collateral,
    lendingUnits: valuation.lendingUnits,
    expiries: expiryRows(account),
    scenarios: requirement.scenarios,
    subAccounts,
    measures,
  }
}
