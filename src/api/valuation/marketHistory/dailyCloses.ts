import type { FeedPath } from './feedPaths'
import type { PastPrices } from './pastPrices'

const daySeconds = 86_400

/** USD closes of an asset by the day whose first instant they stood at, and the feeds they come from. */
export interface DailyCloses {
  readonly path: FeedPath
  readonly closes: ReadonlyMap<number, number>
}

/**
 * The closes of an asset, over the one of its paths that has most of them (of equals the first). A day is left out unless every feed of the path had
 * an answer that could be relied on at its first instant, by the same rules as today's price: what was silent then is a gap, not a price
 * that did not move.
 * @param firstDay earlier days are not looked at.
 */
export function dailyCloses(paths: readonly FeedPath[], past: PastPrices, firstDay: number): DailyCloses | null {
  let best: DailyCloses | null = null
  for (const path of paths) {
    const closes = new Map<number, number>()
    for (const day of past.days(path[0]!)) {
      if (day < firstDay) continue
      const standing = path.map((feed) => past.close(feed, day))
      const price = past.price(path, standing, day * daySeconds)
      if (price !== null) closes.set(day, price)
    }
    if (best === null || closes.size > best.closes.size) best = { path, closes }
  }
  return best
}
