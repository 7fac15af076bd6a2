import { legContributions } from '../scenario/accountPnl'
import { isCollateral, type LegMatrix } from '../scenario/legs'
import type { ScenarioRow, WorstScenario } from '../types'

/** A loss found by revaluation, with the legs that carry it. */
export interface Measure {
  /** USD, ≥ 0. */
  readonly loss: number
  /** Part of each leg by id, loss positive; the parts sum to `loss`. */
  readonly legs: ReadonlyMap<string, number>
  /** Loss of each collateral leg in its own worst case, by id, ≥ 0; not of the account's. */
  readonly own: ReadonlyMap<string, number>
  readonly worst: WorstScenario | null
  readonly rows: readonly ScenarioRow[]
}

/** The measure of an account that cannot lose, or of a set that has no such measure. */
export const NO_LOSS: Measure = { loss: 0, legs: new Map(), own: new Map(), worst: null, rows: [] }

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

/** Loss of every collateral leg on its own, as `lossOf` measures it from the leg's P&L by scenario. */
export function ownLosses(matrix: LegMatrix, lossOf: (pnl: Float64Array) => number): ReadonlyMap<string, number> {
  const own = new Map<string, number>()
  matrix.legs.forEach((leg, index) => {
    if (!isCollateral(leg)) return
    const pnl = matrix.pnl.subarray(index * matrix.scenarios, (index + 1) * matrix.scenarios)
    own.set(leg.id, Math.max(0, lossOf(pnl)))
  })
  return own
}

/** Largest weighted loss among scenarios, ≥ 0. */
export function worstLoss(pnl: Float64Array, weights: Float64Array): number {
  let worst = 0
  for (let scenario = 0; scenario < pnl.length; scenario += 1) {
    worst = Math.max(worst, -(weights[scenario] as number) * (pnl[scenario] as number))
  }
  return worst
}
