import { NO_HISTORY } from '../../../engine/margin/joint'
import type { MarginReport, Status } from '../../../engine/types'
import type { Figure } from '../valuation/figure'
import type { CollateralTotals } from './collateralBody'
import { ratio, usd } from './format'
import { unitsDown, unitsUp } from './rounding'

/** Figures of the margin balance and the requirements, in units of 10^−8 USD. */
interface MarginTotals {
  readonly cash: bigint
  readonly netOptionValue: bigint
  readonly unrealizedPnl: bigint
  readonly accruedFunding: bigint
  readonly recourseDebt: bigint
  readonly marginBalance: bigint
  readonly initialMargin: bigint
  readonly maintenanceMargin: bigint
  readonly excessInitialMargin: bigint
  readonly excessMaintenanceMargin: bigint
}

export interface MarginPrint extends MarginTotals {
  readonly body: ReturnType<typeof bodyOf>
}

/** Prints what the margin report adds to the collateral; the balance is the sum of the figures it is printed with. */
export function marginBody(
  { report, jointReason }: Pick<Figure, 'report' | 'jointReason'>,
  collateral: CollateralTotals,
  isStale: boolean,
): MarginPrint {
  const cash = unitsDown(report.cash, 8)
  const netOptionValue = unitsDown(report.netOptionValue, 8)
  const unrealizedPnl = unitsDown(report.unrealizedPnl, 8)
  const accruedFunding = unitsDown(report.accruedFunding, 8)
  const recourseDebt = unitsUp(report.recourseDebt, 8)
  const marginBalance =
    collateral.collateralCredit + cash + netOptionValue + unrealizedPnl + accruedFunding - recourseDebt
  const initialMargin = unitsUp(report.initialMargin, 8)
  const maintenanceMargin = unitsUp(report.maintenanceMargin, 8)
  const totals: MarginTotals = {
    cash,
    netOptionValue,
    unrealizedPnl,
    accruedFunding,
    recourseDebt,
    marginBalance,
    initialMargin,
    maintenanceMargin,
    excessInitialMargin: marginBalance - initialMargin,
    excessMaintenanceMargin: marginBalance - maintenanceMargin,
  }
  return { ...totals, body: bodyOf(report, jointReason, totals, isStale) }
}

function bodyOf(report: MarginReport, jointReason: string | null, totals: MarginTotals, isStale: boolean) {
  const { marginBalance, maintenanceMargin, initialMargin, excessInitialMargin } = totals
  const status: Status = isStale ? 'STALE' : report.status
  const withdrawable = atMost(unitsDown(report.availableToWithdraw, 8), atLeastZero(excessInitialMargin))
  return {
    status,
    cash: usd(totals.cash),
    netOptionValue: usd(totals.netOptionValue),
    unrealizedPnl: usd(totals.unrealizedPnl),
    accruedFunding: usd(totals.accruedFunding),
    recourseDebt: usd(totals.recourseDebt),
    marginBalance: usd(marginBalance),
    initialMargin: usd(initialMargin),
    maintenanceMargin: usd(maintenanceMargin),
    excessInitialMargin: usd(excessInitialMargin),
    excessMaintenanceMargin: usd(totals.excessMaintenanceMargin),
    ...marginRatio(maintenanceMargin, marginBalance),
    availableToWithdraw: usd(withdrawable),
    components: {
      scan: usd(unitsUp(report.components.scan, 8)),
      joint: report.components.joint === null ? null : usd(unitsUp(report.components.joint, 8)),
      jointReason: report.components.jointReason === NO_HISTORY ? jointReason : report.components.jointReason,
      stress: usd(unitsUp(report.components.stress, 8)),
      initialFactor: ratio(report.components.initialFactor),
      maintenanceFactor: ratio(report.components.maintenanceFactor),
      addOns: report.components.addOns.map(({ kind, amount, maintenanceAmount }) => ({
        kind,
        amount: usd(unitsUp(amount, 8)),
        maintenanceAmount: usd(unitsUp(maintenanceAmount, 8)),
      })),
    },
    cashShare: {
      required: usd(unitsUp(report.cashShare.required, 8)),
      held: usd(unitsDown(report.cashShare.held, 8)),
    },
    worstScenario: worstScenario(report),
    attribution: attribution(report, initialMargin),
    greeks: report.greeks.map(({ underlying, delta, gamma, vega, theta }) => ({
      underlying,
      delta: ratio(delta),
      gamma: ratio(gamma),
      vega: usd(unitsDown(vega, 8)),
      theta: usd(unitsDown(theta, 8)),
    })),
    positions: report.positions.map((row) => ({
      id: row.id,
      kind: row.kind,
      underlying: row.underlying,
      subAccount: row.subAccount,
      quantity: ratio(row.quantity),
      marketValue: usd(unitsDown(row.marketValue, 8)),
      unrealizedPnl: usd(unitsDown(row.unrealizedPnl, 8)),
      delta: ratio(row.delta),
      gamma: ratio(row.gamma),
      vega: usd(unitsDown(row.vega, 8)),
      theta: usd(unitsDown(row.theta, 8)),
      expired: row.expired,
    })),
    subAccounts: report.subAccounts.map((row) => {
      const balance = unitsDown(row.marginBalance, 8)
      const initial = unitsUp(row.initialMargin, 8)
      const maintenance = unitsUp(row.maintenanceMargin, 8)
      return {
        subAccount: row.subAccount,
        marginBalance: usd(balance),
        initialMargin: usd(initial),
        maintenanceMargin: usd(maintenance),
        excessInitialMargin: usd(balance - initial),
        excessMaintenanceMargin: usd(balance - maintenance),
      }
    }),
    measures: Object.fromEntries(Object.entries(report.measures).map(([name, value]) => [name, ratio(value)])),
  }
}

/** The scenario that decides, with the weight that makes its loss of its P&L. */
function worstScenario({ worstScenario: worst, scenarios }: MarginReport) {
  if (worst === null) return null
  const row = scenarios.find(({ id, riskGroup }) => id === worst.id || `${riskGroup}:${id}` === worst.id)
  return {
    id: worst.id,
    loss: usd(unitsUp(worst.loss, 8)),
    pnl: row === undefined ? null : usd(unitsDown(row.pnl, 8)),
    weight: row === undefined ? null : ratio(row.weight),
    moves: worst.moves.map(({ riskGroup, price, vol }) => ({ riskGroup, price: ratio(price), vol: ratio(vol) })),
  }
}

/** Maintenance margin ÷ margin balance with 18 decimals, rounded up; `null` with a reason when there is no balance to speak of. */
function marginRatio(maintenance: bigint, balance: bigint) {
  if (balance <= 0n) return { marginRatio: null, marginRatioReason: 'the margin balance is not positive' }
  const scaled = (maintenance * 10n ** 18n + balance - 1n) / balance
  const text = scaled.toString().padStart(19, '0')
  return { marginRatio: `${text.slice(0, -18)}.${text.slice(-18)}`, marginRatioReason: null }
}

/** Legs rounded up, and the difference to the requirement put where the largest leg is, so that the rows sum to it exactly. */
function attribution({ attribution: rows }: MarginReport, initialMargin: bigint) {
  const amounts = rows.map(({ amount }) => unitsUp(amount, 8))
  const rest = initialMargin - amounts.reduce((left, right) => left + right, 0n)
  const largest = rows.reduce(
    (best, { amount }, index) => (Math.abs(amount) > Math.abs(rows[best]!.amount) ? index : best),
    0,
  )
  return rows.map(({ leg, kind }, index) => ({
    leg,
    kind,
    amount: usd(index === largest ? amounts[index]! + rest : amounts[index]!),
  }))
}

function atMost(value: bigint, limit: bigint): bigint {
  return value < limit ? value : limit
}

function atLeastZero(value: bigint): bigint {
  return value > 0n ? value : 0n
}
