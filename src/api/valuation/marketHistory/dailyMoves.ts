import { log } from '../../../../engine/math/log'

/** The move of one day: from the midnight before to the midnight with which `day` begins. */
export interface DailyMove {
  readonly day: number
  /** Simple return, above −1. */
  readonly simple: number
  readonly log: number
}

/** No price multiplies by more in a day; a feed that says so was denominated anew. */
const largestMultiple = 1000

/** Moves between consecutive midnights that both have a close, oldest first. A gap yields no move: neither into it nor out of it nor across it. */
export function dailyMoves(closes: ReadonlyMap<number, number>): readonly DailyMove[] {
  return [...closes.keys()]
    .sort((one, other) => one - other)
    .flatMap((day) => {
      const [before, close] = [closes.get(day - 1), closes.get(day)!]
      if (before === undefined || close > before * largestMultiple || before > close * largestMultiple) return []
      return [{ day, simple: close / before - 1, log: log(close / before) }]
    })
}
