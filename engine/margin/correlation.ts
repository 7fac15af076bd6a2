import { type RepairedCorrelation, repairCorrelation } from '../measures/covariance/repairCorrelation'
import { groupHead } from '../scenario/gridShocks'
import type { CorrelationFloor } from '../types'
import type { Account } from './account'

/** Families without a stated floor are taken to move as one: the aggregation is then a plain sum. */
const AS_ONE = 1

/** What a floor may know a risk group by: its name, and the class and family of its head. */
export type GroupNames = readonly string[]

function floorBetween(correlationFloors: readonly CorrelationFloor[], one: GroupNames, other: GroupNames): number {
  const found = correlationFloors.find(
    ({ between: [first, second] }) =>
      (one.includes(first) && other.includes(second)) || (one.includes(second) && other.includes(first)),
  )
  return found?.floor ?? AS_ONE
}

/**
 * Correlations of risk groups, never below the floors of the set, repaired to be positive semi-definite and non-negative. Pairs without
 * data stand at their floor. Floors may name classes, groups or families; the first that fits a pair wins.
 * @param given the correlation of a pair by position, in either order; `undefined` where it is not known.
 */
export function flooredCorrelation(
  groups: readonly GroupNames[],
  correlationFloors: readonly CorrelationFloor[],
  given: (one: number, other: number) => number | undefined,
): RepairedCorrelation {
  const floors = groups.map((one, i) =>
    groups.map((other, j) => (i === j ? 1 : floorBetween(correlationFloors, one, other))),
  )
  const stated = groups.map((_, i) =>
    groups.map((_, j) => (i === j ? 1 : (given(i, j) ?? given(j, i) ?? floors[i]?.[j] ?? AS_ONE))),
  )
  return repairCorrelation(stated, floors)
}

/**
 * Correlations between risk groups for the aggregation of scan losses. The matrix is built over every group known to the market, so that it
 * does not depend on which of them one account holds.
 */
export function groupCorrelation(account: Account, groups: readonly string[]): readonly (readonly number[])[] {
  if (groups.length === 0) return []
  const { factors, parameters, market } = account
  const all = [...new Set(factors.list.map((factor) => factor.riskGroup))].sort()
  const names = all.map((group) => {
    const head = groupHead(group, factors, parameters)
    return [group, head.className, head.class.family]
  })
  const { correlation } = flooredCorrelation(names, parameters.correlationFloors, (one, other) =>
    market.correlations.get(all[one] as string)?.get(all[other] as string),
  )
  const indices = groups.map((group) => all.indexOf(group))
  return indices.map((i) => indices.map((j) => correlation[i]?.[j] ?? AS_ONE))
}
