import { legContributions } from '../scenario/accountPnl'
import type { LegMatrix } from '../scenario/legs'
import type { ScenarioRow, WorstScenario } from '../types'

/** A loss found by revaluation, with the legs that carry it. */
export interface Measure {
  /** USD, ≥ 0. */
  readonly loss: number
  /** Part of each leg by id, loss positive; the parts sum to `loss`. */
  readonly legs: ReadonlyMap<string, number>
  readonly worst: WorstScenario | null
  readonly rows: readonly ScenarioRow[]
}

export const NO_LOSS: Measure = { loss: 0, legs: new Map(), worst: null, rows: [] }

/** Adds up parts by leg. */
export function addLegs(into: Map<string, number>, legs: Iterable<readonly [string, number]>, scale: number): void {
  for (const [id, amount] of legs) into.set(id, (into.get(id) ?? 0) + scale * amount)
}

/** Loss parts by leg of a weighted mean of scenarios; `shares` sum to 1. */
export function weightedLegs(matrix: LegMatrix, gainsOffset: number, shares: ArrayLike<number>): Map<string, number> {
  const legs = new Map<string, number>()
  for (let scenario = 0; scenario < shares.length; scenario += 1) {
    const share = shares[scenario] as number
    if (share === 0) continue
    const parts = legContributions(matrix, gainsOffset, scenario)
    const named = matrix.legs.map((leg, index): [string, number] => [leg.id, parts[index] as number])
    addLegs(legs, named, -share)
  }
  return legs
}
