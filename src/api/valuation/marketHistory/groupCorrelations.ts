import { flooredCorrelation, type GroupNames } from '../../../../engine/margin/correlation'
import { correlationFromCovariance } from '../../../../engine/measures/covariance/correlationFromCovariance'
import { ledoitWolf } from '../../../../engine/measures/covariance/ledoitWolf'
import type { RepairedCorrelation } from '../../../../engine/measures/covariance/repairCorrelation'
import type { CorrelationFloor } from '../../../../engine/types'
import { commonMoves } from './commonMoves'
import type { DailyMove } from './dailyMoves'

export interface GroupCorrelations extends RepairedCorrelation {
  /** Common moves the estimate rests on; 0 when every pair stands at its floor. */
  readonly observations: number
  /** Weight of the target in the shrunk covariance; `null` without an estimate. */
  readonly shrinkage: number | null
}

/**
 * Correlations of risk groups: the shrunk covariance of their heads' daily log returns over common days, then floors and repair. A group without
 * enough common moves, or that never moved, stands at its floors.
 * @param groups names by which floors may know each group, its own first; sorted.
 */
export function groupCorrelations(
  groups: readonly GroupNames[],
  moves: ReadonlyMap<string, readonly DailyMove[]>,
  minimum: number,
  floors: readonly CorrelationFloor[],
): GroupCorrelations {
  const moving = new Map([...moves].filter(([, own]) => own.some(({ log }) => log !== 0)))
  const common = commonMoves(moving, minimum)
  if (common === null || common.series.size < 2)
    return { ...flooredCorrelation(groups, floors, () => undefined), observations: 0, shrinkage: null }
  const names = [...common.series.keys()]
  const { covariance, shrinkage } = ledoitWolf(
    common.days.map((_, row) => names.map((name) => common.series.get(name)![row]!.log)),
  )
  const known = names.flatMap((name, index) => (covariance[index]![index]! > 0 ? [{ name, index }] : []))
  const estimate =
    known.length === 0
      ? []
      : correlationFromCovariance(known.map(({ index }) => known.map((other) => covariance[index]![other.index]!)))
  const place = new Map(known.map(({ name }, index) => [name, index]))
  const given = (one: number, other: number) => {
    const [row, column] = [place.get(groups[one]![0]!), place.get(groups[other]![0]!)]
    return row === undefined || column === undefined ? undefined : estimate[row]![column]
  }
  return { ...flooredCorrelation(groups, floors, given), observations: common.days.length, shrinkage }
}
