import { OutOfRangeError } from '../errors'
import { accountPnl, legContributions } from '../scenario/accountPnl'
import { extendGrid, extendLegs } from '../scenario/breakpoints'
import { cashLegs, holdingLegs } from '../scenario/collateralLegs'
import { type GridShocks, gridShocks, groupHead, scenarioSetName } from '../scenario/gridShocks'
import { type LegMatrix, stackLegs } from '../scenario/legs'
import { orderLegs } from '../scenario/orderLegs'
import { positionLegs } from '../scenario/positionLegs'
import { riskArrays } from '../scenario/riskArrays'
import type { Shocks } from '../scenario/shocks'
import { type CreditedUnit, hostedUnitCredits, secondaryRanges, unitLeg } from '../scenario/unitLegs'
import type { ScenarioMove, ScenarioRow, ScenarioSet } from '../types'
import type { Account } from './account'
import { basisLegs } from './basis'
import { ownLosses, worstLoss } from './measure'

/** Worst weighted scenario of one risk group. */
export interface GroupScan {
  readonly group: string
  readonly loss: number
  readonly scenario: string
  readonly move: ScenarioMove
  readonly legs: readonly (readonly [string, number])[]
  readonly own: ReadonlyMap<string, number>
  readonly rows: readonly ScenarioRow[]
}

/** Everything of one group that does not depend on which units it hosts. */
export interface GroupBook {
  readonly group: string
  readonly grid: GridShocks
  readonly positions: LegMatrix
  readonly basis: LegMatrix | null
}

/** Revalues the positions of one group through its scenario set. */
export function groupBook(account: Account, group: string): GroupBook {
  const { at, market, parameters, factors } = account
  const setName = scenarioSetName(group, factors, parameters)
  const grid = gridShocks(group, factors, parameters, account.shockFactors.get(group) ?? 1)
  const instruments = account.instruments.filter((instrument) => instrument.riskGroup === group)
  for (const { id, published } of instruments) {
    if (published !== null && published.length !== grid.count) {
      throw new OutOfRangeError(`/marketData/riskArrays/${id}`, `of ${grid.count} scenarios`)
    }
  }
  const setOf = () => setName
  const arrays = riskArrays(account, instruments, factors, grid, setOf)
  const positions = stackLegs(
    [positionLegs(account, instruments, arrays, grid, setOf), orderLegs(market, at, instruments, arrays)],
    grid.count,
  )
  const basis = basisLegs(market, at, instruments, parameters.scenarioSets[setName] as ScenarioSet)
  return { group, grid, positions, basis }
}

/** Scenario of the largest weighted loss, on a tie the one of the lowest id; −1 when none loses. */
function worstScenario(pnl: Float64Array, shocks: Shocks): { readonly scenario: number; readonly loss: number } {
  let scenario = -1
  let loss = 0
  for (let index = 0; index < pnl.length; index += 1) {
    const found = -(shocks.weights[index] as number) * (pnl[index] as number)
    const isTie = found === loss && scenario >= 0
    if (found > loss || (isTie && (shocks.ids[index] as string) < (shocks.ids[scenario] as string))) {
      loss = found
      scenario = index
    }
  }
  return { scenario, loss }
}

/** Scan loss of one group, hosting `units`: max(0, −min over scenarios of weight·ΔV), the basis move competing. */
export function scanGroup(account: Account, book: GroupBook, units: readonly CreditedUnit[]): GroupScan {
  const { parameters, factors, market } = account
  const { group, grid } = book
  const hosted = units.map((credited) => ({
    credited,
    secondary: secondaryRanges(credited.unit, group, factors, parameters),
  }))
  const extended = extendGrid(grid, hosted, factors, parameters.lending)
  const { shocks } = extended
  const holdings = account.holdings.filter(({ holding }) => holding.riskGroup === group)
  const cash = account.cash.filter(({ riskGroup }) => riskGroup === group)
  const matrix = stackLegs(
    [
      extendLegs(book.positions, extended),
      holdingLegs(holdings, factors, shocks),
      cashLegs(cash, market, factors, shocks),
      ...hosted.map(({ credited, secondary }) =>
        unitLeg(credited, hostedUnitCredits(credited, secondary, factors, shocks, parameters.lending), group),
      ),
    ],
    shocks.count,
  )
  const { gainsOffset } = parameters.collateral
  const pnl = accountPnl(matrix, gainsOffset)
  const { scenario, loss } = worstScenario(pnl, shocks)
  const row = factors.list.indexOf(groupHead(group, factors, parameters))
  const rows = shocks.ids.map((id, index) => {
    const weight = shocks.weights[index] as number
    return { id, riskGroup: group, pnl: pnl[index] as number, weight }
  })
  const own = ownLosses(matrix, (change) => worstLoss(change, shocks.weights))
  const basis = book.basis === null ? [] : Array.from(book.basis.pnl)
  const basisLoss = -basis.reduce((sum, change) => sum + change, 0)
  if (book.basis !== null && basisLoss > loss) {
    const legs = book.basis.legs.map((leg, index): [string, number] => [leg.id, -(basis[index] as number)])
    return { group, loss: basisLoss, scenario: 'basis', move: { riskGroup: group, price: 0, vol: 0 }, legs, own, rows }
  }
  if (scenario < 0) {
    return { group, loss, scenario: '', move: { riskGroup: group, price: 0, vol: 0 }, legs: [], own, rows }
  }
  const weight = shocks.weights[scenario] as number
  const contributions = legContributions(matrix, gainsOffset, scenario)
  const cell = row * shocks.count + scenario
  return {
    group,
    loss,
    scenario: shocks.ids[scenario] as string,
    move: { riskGroup: group, price: (shocks.price[cell] as number) - 1, vol: shocks.vol[cell] as number },
    legs: matrix.legs.map((leg, index): [string, number] => [leg.id, -weight * (contributions[index] as number)]),
    own,
    rows,
  }
}
