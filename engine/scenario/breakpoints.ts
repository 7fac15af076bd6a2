import { lendingUnitBreakpoints } from '../collateral/lendingUnitBreakpoints'
import type { LendingParameters, ResolvedAsset, ScenarioRule } from '../types'
import { PAR } from './collateralLegs'
import type { Factors } from './factors'
import type { GridShocks } from './gridShocks'
import type { LegMatrix } from './legs'
import type { Shocks } from './shocks'
import type { CreditedUnit, Secondary } from './unitLegs'

/** A price of the hosting group at which a unit's credit has a kink or a jump. */
interface Breakpoint {
  readonly id: string
  /** Wrapper ratio under which it was found. */
  readonly ratio: number
  /** Price multiplier of the group. */
  readonly price: number
}

/** A grid with extra scenarios between its own; the first `grid.count` columns are the grid's. */
export interface ExtendedGrid {
  readonly shocks: Shocks
  /** For every extra column the two grid columns around it, and the part of the way from left to right. */
  readonly extra: readonly { readonly left: number; readonly right: number; readonly part: number }[]
}

/** Scenarios which differ in the price only, by increasing price: between them a breakpoint can lie. */
function priceLines(rules: readonly ScenarioRule[]): readonly (readonly number[])[] {
  const lines = new Map<string, number[]>()
  rules.forEach((rule, index) => {
    if (rule.skew !== 'none') return
    const key = JSON.stringify([rule.vol, rule.ratio])
    lines.set(key, [...(lines.get(key) ?? []), index])
  })
  const priceOf = (index: number) => (rules[index] as ScenarioRule).price
  return [...lines.values()].map((line) => line.sort((one, other) => priceOf(one) - priceOf(other)))
}

function centre(leg: ResolvedAsset, isDebt: boolean, secondary: Secondary, ratio: number): number {
  if (leg.riskGroup === secondary.host) return leg.class.wrapper ? 1 + ratio : 1
  const range = secondary.ranges.get(leg.riskGroup)
  return 1 + ((isDebt ? range?.up : range?.down) ?? 0)
}

/** Both sides of every kink of one hosted unit, within the prices of the grid. */
function breakpointsOf(
  { unit }: CreditedUnit,
  secondary: Secondary,
  grid: GridShocks,
  ratio: number,
  lending: LendingParameters,
): readonly Breakpoint[] {
  const legs = [
    ...unit.collateral.map((leg) => ({ leg, isDebt: false })),
    ...unit.debt.map((leg) => ({ leg, isDebt: true })),
  ]
  const priceOf = (base: number, leg: ResolvedAsset, isDebt: boolean) => {
    const floor = isDebt && leg.class.family === 'stable' ? PAR : 0
    return leg.unusable !== null && !isDebt ? 0 : Math.max(floor, base * centre(leg, isDebt, secondary, ratio))
  }
  const prices = {
    oracle: Float64Array.from(legs, ({ leg, isDebt }) => priceOf(leg.oraclePrice, leg, isDebt)),
    mark: Float64Array.from(legs, ({ leg, isDebt }) => priceOf(leg.markPrice, leg, isDebt)),
  }
  const sensitivity = Float64Array.from(legs, ({ leg }) => (leg.riskGroup === secondary.host ? 1 : 0))
  const range = {
    from: Math.min(...grid.rules.map((rule) => rule.price)) - 1,
    to: Math.max(...grid.rules.map((rule) => rule.price)) - 1,
  }
  return lendingUnitBreakpoints(unit, prices, sensitivity, range, lending).flatMap(({ kind, below, above }) => [
    { id: `${unit.id}/${kind}-`, ratio, price: 1 + below },
    { id: `${unit.id}/${kind}+`, ratio, price: 1 + above },
  ])
}

interface ExtraColumn {
  readonly id: string
  readonly left: number
  readonly right: number
  readonly part: number
  readonly weight: number
}

function columnAt(point: Breakpoint, line: readonly number[], rules: readonly ScenarioRule[]): ExtraColumn | null {
  const position = line.findIndex((index) => (rules[index] as ScenarioRule).price > point.price)
  if (position <= 0) return null
  const left = line[position - 1] as number
  const right = line[position] as number
  const before = rules[left] as ScenarioRule
  const after = rules[right] as ScenarioRule
  if (before.ratio !== point.ratio) return null
  const part = (point.price - before.price) / (after.price - before.price)
  // A tail's weight is c ÷ |shock|: between two scenarios it follows from the outer one.
  const outer = point.price < 1 ? before : after
  const distance = Math.abs(point.price - 1)
  const scaled = distance > 0 ? (outer.weight * Math.abs(outer.price - 1)) / distance : 1
  return { id: `${point.id}@${before.id}`, left, right, part, weight: Math.min(1, scaled) }
}

function interpolated(matrix: Float64Array, rows: number, count: number, extra: readonly ExtraColumn[]): Float64Array {
  const width = count + extra.length
  const out = new Float64Array(rows * width)
  for (let row = 0; row < rows; row += 1) {
    out.set(matrix.subarray(row * count, (row + 1) * count), row * width)
    extra.forEach(({ left, right, part }, index) => {
      const from = matrix[row * count + left] as number
      const to = matrix[row * count + right] as number
      out[row * width + count + index] = from + part * (to - from)
    })
  }
  return out
}

/**
 * Extends a group's grid by the breakpoints of the units it hosts, on every line of equal volatility: a fixed grid steps over
 * liquidations. Positions are interpolated there, so the shared risk arrays serve and the figure stays a property of the
 * account's own legs.
 */
export function extendGrid(
  grid: GridShocks,
  hosted: readonly { readonly credited: CreditedUnit; readonly secondary: Secondary }[],
  factors: Factors,
  lending: LendingParameters,
): ExtendedGrid {
  const lines = priceLines(grid.rules)
  const ratios = [...new Set(grid.rules.map((rule) => rule.ratio))]
  const points = hosted.flatMap(({ credited, secondary }) =>
    ratios.flatMap((ratio) => breakpointsOf(credited, secondary, grid, ratio, lending)),
  )
  const extra = points.flatMap((point) =>
    lines.flatMap((line) => {
      const column = columnAt(point, line, grid.rules)
      return column === null ? [] : [column]
    }),
  )
  if (extra.length === 0) return { shocks: grid, extra }
  const shocks = {
    key: null,
    ids: [...grid.ids, ...extra.map(({ id }) => id)],
    count: grid.count + extra.length,
    weights: Float64Array.from([...grid.weights, ...extra.map(({ weight }) => weight)]),
    skew: [...grid.skew, ...extra.map(() => 'none' as const)],
    price: interpolated(grid.price, factors.list.length, grid.count, extra),
    vol: interpolated(grid.vol, factors.list.length, grid.count, extra),
  }
  return { shocks, extra }
}

/** Carries legs from a grid's columns to the extended grid's by linear interpolation. */
export function extendLegs(matrix: LegMatrix, extended: ExtendedGrid): LegMatrix {
  if (extended.extra.length === 0) return matrix
  const extra = extended.extra.map((column) => ({ ...column, id: '', weight: 1 }))
  const pnl = interpolated(matrix.pnl, matrix.legs.length, matrix.scenarios, extra)
  return { legs: matrix.legs, scenarios: extended.shocks.count, pnl }
}
