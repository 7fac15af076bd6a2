import { compileLendingUnit } from '../collateral/compileLendingUnit'
import { creditBase } from '../collateral/creditBase'
import { evaluateLendingUnitScenarios } from '../collateral/evaluateLendingUnitScenarios'
import type { CompiledLendingUnit } from '../collateral/types'
import type { LendingParameters, ParameterSet, ResolvedAsset, ResolvedLendingUnit } from '../types'
import { PAR } from './collateralLegs'
import { type Factors, rowOf } from './factors'
import { groupHead, scenarioSetOf, type WeightedRange, weightedRange } from './gridShocks'
import type { LegMatrix } from './legs'
import type { Shocks } from './shocks'

/** A lending unit with what never changes between scenarios. */
export interface CreditedUnit {
  readonly unit: ResolvedLendingUnit
  readonly compiled: CompiledLendingUnit
  /** Π(1 − haircut) after encumbrance. */
  readonly retained: number
  /** Credit at today's prices, stablecoin debts at par or above. */
  readonly credit: number
}

/** Price floor of a leg: what is owed in a stablecoin counts at par at least. */
function priceFloor(leg: ResolvedAsset, isDebt: boolean): number {
  return isDebt && leg.class.family === 'stable' ? PAR : 0
}

/** Leg prices of a unit, leg × scenario: collateral in order, then debts. */
interface LegPrices {
  readonly oracle: Float64Array
  readonly mark: Float64Array
}

function legsOf(unit: ResolvedLendingUnit): readonly { readonly leg: ResolvedAsset; readonly isDebt: boolean }[] {
  return [...unit.collateral.map((leg) => ({ leg, isDebt: false })), ...unit.debt.map((leg) => ({ leg, isDebt: true }))]
}

/** Price multipliers of one leg, by scenario. */
type Multipliers = (leg: ResolvedAsset, isDebt: boolean) => (scenario: number) => number

function legPrices(unit: ResolvedLendingUnit, count: number, multipliersOf: Multipliers): LegPrices {
  const legs = legsOf(unit)
  const oracle = new Float64Array(legs.length * count)
  const mark = new Float64Array(legs.length * count)
  legs.forEach(({ leg, isDebt }, index) => {
    const usable = leg.unusable === null || isDebt ? 1 : 0
    const floor = priceFloor(leg, isDebt)
    const multiplierIn = multipliersOf(leg, isDebt)
    for (let scenario = 0; scenario < count; scenario += 1) {
      const multiplier = usable * multiplierIn(scenario)
      oracle[index * count + scenario] = Math.max(floor, leg.oraclePrice * multiplier)
      mark[index * count + scenario] = Math.max(floor, leg.markPrice * multiplier)
    }
  })
  return { oracle, mark }
}

/** Multipliers of a leg's own factor. */
function shockedBy(leg: ResolvedAsset, factors: Factors, { price, count }: Shocks): ReturnType<Multipliers> {
  const row = rowOf(factors, leg)
  return (scenario) => price[row * count + scenario] as number
}

function credits(
  { unit, compiled, retained }: Pick<CreditedUnit, 'unit' | 'compiled' | 'retained'>,
  prices: LegPrices,
  count: number,
  lending: LendingParameters,
): Float64Array {
  const rows = Int32Array.from({ length: compiled.legs }, (_, leg) => leg)
  const out = {
    equity: new Float64Array(count),
    badDebt: new Float64Array(count),
    movable: new Float64Array(count),
  }
  if (unit.unusable !== null) return out.equity
  evaluateLendingUnitScenarios(compiled, prices.oracle, prices.mark, rows, count, count, out)
  return out.equity.map((equity, scenario) => {
    return retained * creditBase(unit, equity, out.movable[scenario] as number, lending.unwindCost)
  })
}

/** Compiles a unit and values its credit at today's prices. `retained` is what the haircuts leave of it. */
export function creditedUnit(unit: ResolvedLendingUnit, retained: number, lending: LendingParameters): CreditedUnit {
  const compiled = compileLendingUnit(unit, lending)
  const prices = legPrices(unit, 1, () => () => 1)
  const [credit = 0] = credits({ unit, compiled, retained }, prices, 1, lending)
  return { unit, compiled, retained, credit }
}

/** Every risk group a unit has something in. */
export function unitGroups(unit: ResolvedLendingUnit): readonly string[] {
  const groups = legsOf(unit).flatMap(({ leg }) => (leg.quantity > 0 ? [leg.riskGroup] : []))
  return [...new Set(groups)].sort()
}

/** Risk groups of a unit which could carry it: its crypto groups, or all of them when every leg is a stablecoin. */
export function hostGroups(unit: ResolvedLendingUnit): readonly string[] {
  const legs = legsOf(unit)
    .map(({ leg }) => leg)
    .filter((leg) => leg.quantity > 0)
  const crypto = legs.filter((leg) => leg.class.family !== 'stable')
  return [...new Set((crypto.length > 0 ? crypto : legs).map((leg) => leg.riskGroup))].sort()
}

/** How the factors outside the hosting group move: at once, against the owner, by their weighted ranges. */
export interface Secondary {
  readonly host: string
  readonly ranges: ReadonlyMap<string, WeightedRange>
}

/** Ranges of every group of a unit other than the one that hosts it. */
export function secondaryRanges(
  unit: ResolvedLendingUnit,
  host: string,
  factors: Factors,
  parameters: ParameterSet,
): Secondary {
  const ranges = new Map<string, WeightedRange>()
  for (const { leg } of legsOf(unit)) {
    if (leg.riskGroup === host || ranges.has(leg.riskGroup)) continue
    const head = groupHead(leg.riskGroup, factors, parameters)
    ranges.set(leg.riskGroup, weightedRange(scenarioSetOf(parameters, head), leg.class.wrapper))
  }
  return { host, ranges }
}

/** Groups that stand on both sides of a unit: which way hurts is not known beforehand. */
function twoSidedGroups(unit: ResolvedLendingUnit, { ranges }: Secondary): readonly string[] {
  const owed = new Set(unit.debt.map((leg) => leg.riskGroup))
  return [...new Set(unit.collateral.map((leg) => leg.riskGroup))].filter(
    (group) => ranges.has(group) && owed.has(group),
  )
}

/**
 * Credit of a unit in the scenarios of its hosting group, all its other factors moved against the owner at the same time:
 * units with several factors are judged on joint moves, never on one factor alone.
 */
export function hostedUnitCredits(
  credited: CreditedUnit,
  secondary: Secondary,
  factors: Factors,
  shocks: Shocks,
  lending: LendingParameters,
): Float64Array {
  const { unit } = credited
  const twoSided = twoSidedGroups(unit, secondary)
  const worst = new Float64Array(shocks.count).fill(Number.POSITIVE_INFINITY)
  for (const direction of twoSided.length === 0 ? [-1] : [-1, 1]) {
    const multipliersOf: Multipliers = (leg, isDebt) => {
      if (leg.riskGroup === secondary.host) return shockedBy(leg, factors, shocks)
      const { down, up } = secondary.ranges.get(leg.riskGroup) as WeightedRange
      const goesUp = twoSided.includes(leg.riskGroup) ? direction > 0 : isDebt
      return () => 1 + (goesUp ? up : down)
    }
    const found = credits(credited, legPrices(unit, shocks.count, multipliersOf), shocks.count, lending)
    for (let scenario = 0; scenario < shocks.count; scenario += 1) {
      worst[scenario] = Math.min(worst[scenario] as number, found[scenario] as number)
    }
  }
  return worst
}

/** Credit of a unit on joint moves of all factors. */
export function jointUnitCredits(
  credited: CreditedUnit,
  factors: Factors,
  shocks: Shocks,
  lending: LendingParameters,
): Float64Array {
  const multipliersOf: Multipliers = (leg) => shockedBy(leg, factors, shocks)
  return credits(credited, legPrices(credited.unit, shocks.count, multipliersOf), shocks.count, lending)
}

/** Change of credit against today's, one leg. */
export function unitLeg(credited: CreditedUnit, found: Float64Array, riskGroup: string): LegMatrix {
  const leg = { id: credited.unit.id, kind: 'lendingUnit' as const, riskGroup }
  return { legs: [leg], scenarios: found.length, pnl: found.map((credit) => credit - credited.credit) }
}
