import type { DailyMove } from './dailyMoves'

/** Series over the same days. */
export interface CommonMoves {
  /** Ascending. */
  readonly days: readonly number[]
  /** By name; the names sorted. */
  readonly series: ReadonlyMap<string, readonly DailyMove[]>
}

/**
 * The days on which all of the series moved, with the series. Those with most moves come first (of equals by name); one that would leave
 * fewer than `minimum` days in common is left out, so that a young asset does not shorten what is known of the old ones to nothing.
 * @returns `null` when no series has that many.
 */
export function commonMoves(all: ReadonlyMap<string, readonly DailyMove[]>, minimum: number): CommonMoves | null {
  const candidates = [...all].sort(
    ([one, moves], [other, others]) => others.length - moves.length || (one < other ? -1 : 1),
  )
  let days: ReadonlySet<number> | null = null
  const taken: [string, readonly DailyMove[]][] = []
  for (const [name, moves] of candidates) {
    const own: readonly number[] = moves.map(({ day }) => day)
    const common: ReadonlySet<number> = new Set(days === null ? own : own.filter((day) => days!.has(day)))
    if (common.size < minimum) continue
    days = common
    taken.push([name, moves])
  }
  if (days === null) return null
  const shared = days
  return {
    days: [...shared].sort((one, other) => one - other),
    series: new Map(
      taken
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([name, moves]) => [name, moves.filter(({ day }) => shared.has(day))]),
    ),
  }
}
