import { repairCorrelation } from '../measures/covariance/repairCorrelation'
import { groupHead } from '../scenario/gridShocks'
import type { ParameterSet } from '../types'
import type { Account } from './account'

/** Families without a stated floor are taken to move as one: the aggregation is then a plain sum. */
const AS_ONE = 1

function floorBetween(parameters: ParameterSet, one: readonly string[], other: readonly string[]): number {
  const found = parameters.correlationFloors.find(
    ({ between: [first, second] }) =>
      (one.includes(first) && other.includes(second)) || (one.includes(second) && other.includes(first)),
  )
  return found?.floor ?? AS_ONE
}

/**
 * Correlations between risk groups for the aggregation of scan losses: the market's, never below the floors of the set, repaired to
 * be positive semi-definite and non-negative. Pairs without data stand at their floor. Floors may name classes, groups or
 * families; the first that fits a pair wins.
 *
 * The matrix is built over every group known to the market, so that it does not depend on which of them one account holds.
 */
export function groupCorrelation(account: Account, groups: readonly string[]): readonly (readonly number[])[] {
  if (groups.length === 0) return []
  const { factors, parameters, market } = account
  const all = [...new Set(factors.list.map((factor) => factor.riskGroup))].sort()
  const names = all.map((group) => {
    const head = groupHead(group, factors, parameters)
    return [group, head.className, head.class.family]
  })
  const floors = names.map((one, i) => names.map((other, j) => (i === j ? 1 : floorBetween(parameters, one, other))))
  const given = all.map((one, i) =>
    all.map((other, j) => {
      if (i === j) return 1
      return market.correlations.get(one)?.get(other) ?? market.correlations.get(other)?.get(one) ?? floors[i]?.[j] ?? 1
    }),
  )
  const { correlation } = repairCorrelation(given, floors)
  const indices = groups.map((group) => all.indexOf(group))
  return indices.map((i) => indices.map((j) => correlation[i]?.[j] ?? AS_ONE))
}
