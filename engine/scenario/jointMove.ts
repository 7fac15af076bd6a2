import type { ParameterSet } from '../types'
import type { Factors } from './factors'
import { groupHead, scenarioSetOf } from './gridShocks'
import { emptyShocks, type Shocks } from './shocks'

/** Signed direction of every risk group: −1 down, 0 still, +1 up. */
export type Direction = ReadonlyMap<string, number>

/** Largest price move of a set at full weight: the unit in which joint moves are measured. */
export function scanRange(group: string, factors: Factors, parameters: ParameterSet): number {
  const set = scenarioSetOf(parameters, groupHead(group, factors, parameters))
  const moves = set.scenarios.filter((rule) => rule.weight === 1).map((rule) => Math.abs(rule.price - 1))
  return Math.max(0, ...moves)
}

/**
 * Joint moves along one direction: in scenario k every group moves by `sizes[k]` times its own scan range, never below −100 %.
 * Volatility stands still.
 */
export function jointMoves(
  sizes: readonly number[],
  direction: Direction,
  ranges: ReadonlyMap<string, number>,
  factors: Factors,
): Shocks {
  const ids = sizes.map((size) => `${size}`)
  const shocks = emptyShocks(null, ids, factors.list.length, new Float64Array(sizes.length).fill(1))
  factors.list.forEach(({ riskGroup }, row) => {
    const step = (direction.get(riskGroup) ?? 0) * (ranges.get(riskGroup) ?? 0)
    sizes.forEach((size, index) => {
      shocks.price[row * shocks.count + index] = Math.max(0, 1 + step * size)
    })
  })
  return shocks
}
