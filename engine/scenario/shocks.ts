import type { ScenarioRule } from '../types'

/** How every factor moves in every scenario: one contiguous matrix per quantity, factor × scenario. */
export interface Shocks {
  /** Names these moves among all that one tick can give rise to; `null` for moves that will not come again. */
  readonly key: string | null
  readonly ids: readonly string[]
  readonly count: number
  readonly weights: Float64Array
  /** What a scenario does to the smile, by scenario. */
  readonly skew: readonly ScenarioRule['skew'][]
  /** Price multipliers, ≥ 0. */
  readonly price: Float64Array
  /** Signed volatility ranges before the expiry power law. */
  readonly vol: Float64Array
}

/** Scenarios in which nothing moves, to be filled in. */
export function emptyShocks(
  key: string | null,
  ids: readonly string[],
  factors: number,
  weights: Float64Array,
): Shocks {
  const count = ids.length
  return {
    key,
    ids,
    count,
    weights,
    skew: Array.from({ length: count }, () => 'none' as const),
    price: new Float64Array(factors * count).fill(1),
    vol: new Float64Array(factors * count),
  }
}
