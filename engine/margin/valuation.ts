import { evaluateLendingUnit } from '../collateral/evaluateLendingUnit'
import type { UnitValue } from '../collateral/types'
import { haircutAccount } from '../haircut/haircutAccount'
import { type CreditedHolding, PAR } from '../scenario/collateralLegs'
import { collectFactors } from '../scenario/factors'
import { type CreditedUnit, creditedUnit } from '../scenario/unitLegs'
import type {
  CollateralRow,
  HaircutStep,
  LendingUnitRow,
  ParameterSet,
  Portfolio,
  PositionRow,
  ResolvedHolding,
  ResolvedLendingUnit,
} from '../types'
import type { Account } from './account'
import { creditPrices } from './creditPrices'
import { positionRows } from './exposures'
import { shockFactorsOf } from './shockFactors'

/** An account with what everything in it is worth now. */
export interface Valuation {
  readonly account: Account
  readonly collateral: readonly CollateralRow[]
  readonly lendingUnits: readonly LendingUnitRow[]
  readonly positions: readonly PositionRow[]
  readonly cash: number
  /** Cash and major stablecoins which are not owed. */
  readonly cashLike: number
  readonly accruedFunding: number
  readonly recourseDebt: number
  readonly nonRecourseShortfall: number
}

interface Credited {
  readonly id: string
  readonly steps: readonly HaircutStep[]
  readonly credit: number
  readonly retained: number
  readonly reasonCode: string | null
}

function holdingRow(holding: ResolvedHolding, waterfall: Credited): CollateralRow {
  const { id, asset, riskGroup, subAccount, quantity, oraclePrice, markPrice } = holding
  return {
    id,
    asset,
    riskGroup,
    subAccount,
    quantity,
    oraclePrice,
    markPrice,
    marketValue: quantity * markPrice,
    movable: holding.movable * markPrice,
    steps: waterfall.steps,
    credit: waterfall.credit,
    reasonCode: waterfall.reasonCode,
  }
}

function unitRow(unit: ResolvedLendingUnit, value: UnitValue, waterfall: Credited): LendingUnitRow {
  const { id, rule, control, subAccount, unusable } = unit
  const partial = unusable !== null || unit.collateral.some((leg) => leg.quantity > 0 && leg.unusable !== null)
  return {
    id,
    rule,
    control,
    subAccount,
    collateralValue: value.collateralValue,
    debtValue: value.debtValue,
    equity: value.equity,
    badDebt: value.badDebt,
    healthFactor: partial || value.healthFactor === null ? null : Math.min(Number.MAX_VALUE, value.healthFactor),
    movable: value.movable,
    reach: value.reach,
    steps: waterfall.steps,
    credit: waterfall.credit,
    reasonCode: waterfall.reasonCode,
  }
}

/** A set that charges haircuts counts full value, in its own numeraire; what it does not name counts nothing. */
function chargedCredit(holding: ResolvedHolding, parameters: ParameterSet, numerairePrice: number): Credited {
  const { asset, quantity, markPrice, id } = holding
  const value = quantity * markPrice
  const known = Object.hasOwn(parameters.collateral.assets, asset)
  const reasonCode = holding.unusable ?? (known ? null : 'NOT_ACCEPTED')
  if (reasonCode === null) return { id, steps: [], credit: value / numerairePrice, retained: 1, reasonCode }
  const steps = [{ step: 'eligibility', input: value, rule: reasonCode, haircut: 1, amount: value }]
  return { id, steps, credit: 0, retained: 0, reasonCode }
}

function numerairePriceOf({ market, parameters }: Portfolio): number {
  const price = parameters.numeraire === null ? 1 : (market.assets.get(parameters.numeraire)?.indexPrice ?? 1)
  return price > 0 ? price : 1
}

function signedCash(portfolio: Portfolio) {
  let cash = 0
  let owed = 0
  let cashLike = 0
  for (const { quantity, price, cashLike: counts, asset } of portfolio.cash) {
    const isStable = portfolio.market.assets.get(asset)?.class.family === 'stable'
    if (quantity < 0) owed -= quantity * Math.max(isStable ? PAR : 0, price)
    else {
      cash += quantity * price
      if (counts) cashLike += quantity * price
    }
  }
  return { cash, owed, cashLike }
}

/**
 * Values everything an account holds and owes now: haircut waterfalls, unit equities, position marks.
 *
 * @param market charge the market step as a haircut (`isolated` and `cross`), not through scenarios.
 */
export function valuate(portfolio: Portfolio, { market }: { readonly market: boolean }): Valuation {
  const { parameters, holdings, units, instruments, at } = portfolio
  const factors = collectFactors(portfolio)
  const values = units.map((unit) => evaluateLendingUnit(unit, parameters.lending, creditPrices(unit)))
  const charges = parameters.collateral.treatment === 'charge'
  const numerairePrice = numerairePriceOf(portfolio)
  const waterfalls = haircutAccount(
    {
      holdings: charges ? [] : holdings,
      units: units.map((unit, index) => ({ unit, value: values[index] as UnitValue })),
    },
    parameters,
    { market },
  )
  const holdingCredits: readonly Credited[] = charges
    ? holdings.map((holding) => chargedCredit(holding, parameters, numerairePrice))
    : waterfalls.holdings
  const positions = positionRows(instruments, portfolio.market, at)
  const { cash, owed, cashLike } = signedCash(portfolio)
  const shortSpot = instruments
    .filter((row) => row.kind === 'spot')
    .reduce((sum, row) => sum + Math.max(0, -row.quantity) * row.markPrice, 0)
  const creditedHoldings: readonly CreditedHolding[] = holdings.map((holding, index) => ({
    holding,
    credit: (holdingCredits[index] as Credited).credit,
    moves: !charges || (parameters.collateral.assets[holding.asset]?.riskCancelling ?? false),
  }))
  const creditedUnits: readonly CreditedUnit[] = units.map((unit, index) =>
    creditedUnit(unit, (waterfalls.units[index] as Credited).retained, parameters.lending),
  )
  return {
    account: {
      at,
      market: portfolio.market,
      parameters,
      memory: portfolio.memory,
      factors,
      instruments,
      holdings: creditedHoldings,
      units: creditedUnits,
      cash: portfolio.cash,
      shockFactors: shockFactorsOf(portfolio.market, 'shockFactor'),
    },
    collateral: holdings.map((holding, index) => holdingRow(holding, holdingCredits[index] as Credited)),
    lendingUnits: units.map((unit, index) =>
      unitRow(unit, values[index] as UnitValue, waterfalls.units[index] as Credited),
    ),
    positions,
    cash,
    cashLike: cashLike + cashLikeCredit(creditedHoldings),
    accruedFunding: portfolio.accruedFunding,
    recourseDebt: portfolio.recourseDebt + owed + shortSpot,
    nonRecourseShortfall: values.reduce((sum, value) => sum + Math.max(0, value.debtValue - value.pledgedValue), 0),
  }
}

function cashLikeCredit(holdings: readonly CreditedHolding[]): number {
  return holdings.reduce((sum, { holding, credit }) => sum + (holding.class.cashLike ? credit : 0), 0)
}
