import type { MarginReport, Portfolio, Status, SubAccountRow } from '../types'
import { crossRequirement } from './cross'
import { balanceOf, type Outcome, outcomeOf, report } from './report'
import type { Requirement } from './requirement'
import { valuate } from './valuation'

function subAccountsOf(portfolio: Portfolio): readonly string[] {
  const { cash, holdings, units, instruments } = portfolio
  return [...new Set([...cash, ...holdings, ...units, ...instruments].map((row) => row.subAccount))].sort()
}

/** One sub-account as a portfolio of its own. Funding and venue loans belong to the main one, which has no name. */
function only(portfolio: Portfolio, subAccount: string): Portfolio {
  const own = <T extends { readonly subAccount: string }>(rows: readonly T[]) =>
    rows.filter((row) => row.subAccount === subAccount)
  const isMain = subAccount === ''
  return {
    ...portfolio,
    cash: own(portfolio.cash),
    holdings: own(portfolio.holdings),
    units: own(portfolio.units),
    instruments: own(portfolio.instruments),
    recourseDebt: isMain ? portfolio.recourseDebt : 0,
    accruedFunding: isMain ? portfolio.accruedFunding : 0,
  }
}

/** Mildest first. */
const SEVERITY: readonly Status[] = ['NORMAL', 'WARNING', 'MARGIN_CALL', 'REDUCE_ONLY', 'LIQUIDATABLE', 'BANKRUPT']

interface SubAccount {
  readonly row: SubAccountRow
  readonly outcome: Outcome
  readonly requirement: Requirement
}

function subAccountOf(portfolio: Portfolio, subAccount: string): SubAccount {
  const valuation = valuate(only(portfolio, subAccount), { market: true })
  const balance = balanceOf(valuation, false)
  const requirement = crossRequirement(valuation)
  const outcome = outcomeOf(valuation, balance, requirement)
  const { initialMargin, maintenanceMargin } = requirement
  const { excessInitialMargin, excessMaintenanceMargin } = outcome
  const { marginBalance } = balance
  return {
    row: { subAccount, marginBalance, initialMargin, maintenanceMargin, excessInitialMargin, excessMaintenanceMargin },
    outcome,
    requirement,
  }
}

function least<T>(rows: readonly T[], figure: (row: T) => number): T {
  return rows.reduce((lowest, row) => (figure(row) < figure(lowest) ? row : lowest))
}

/**
 * `isolated`: every sub-account against its own collateral. Totals are sums over the sub-accounts, but excesses, ratio and status are
 * those of the worst one: what another has to spare does not help it.
 */
export function isolatedMargin(portfolio: Portfolio): MarginReport {
  const names = subAccountsOf(portfolio)
  const needsMain = portfolio.recourseDebt > 0 || portfolio.accruedFunding !== 0
  const all = names.length === 0 || (needsMain && !names.includes('')) ? ['', ...names] : names
  const parts = all.map((name) => subAccountOf(portfolio, name))
  const worst = least(parts, (part) => part.row.excessMaintenanceMargin)
  const outcome: Outcome = {
    ...worst.outcome,
    excessInitialMargin: least(parts, (part) => part.row.excessInitialMargin).row.excessInitialMargin,
    status: least(parts, (part) => -SEVERITY.indexOf(part.outcome.status)).outcome.status,
    availableToWithdraw: parts.reduce((sum, part) => sum + part.outcome.availableToWithdraw, 0),
  }
  const requirement: Requirement = {
    ...worst.requirement,
    initialMargin: parts.reduce((sum, part) => sum + part.row.initialMargin, 0),
    maintenanceMargin: parts.reduce((sum, part) => sum + part.row.maintenanceMargin, 0),
    attribution: parts.flatMap((part) => part.requirement.attribution),
  }
  const valuation = valuate(portfolio, { market: true })
  const subAccounts = parts.map((part) => part.row)
  return report('isolated', valuation, balanceOf(valuation, false), requirement, { outcome, subAccounts })
}
