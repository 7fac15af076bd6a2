import { breakerFactors } from '../../../../engine/measures/breaker/breakerFactors'
import { breakerMemory } from '../../../../engine/measures/breaker/breakerMemory'
import { observeMove } from '../../../../engine/measures/breaker/observeMove'
import type { BreakerFactors, BreakerState } from '../../../../engine/measures/breaker/types'
import { type PriceObservation, windowMove } from '../../../../engine/measures/breaker/windowMove'
import type { BreakerRule } from '../../../../engine/types'
import type { FeedPath } from './feedPaths'
import type { PastPrices, StandingAnswer } from './pastPrices'

const daySeconds = 86_400

export interface Breaker {
  readonly state: BreakerState
  readonly factors: BreakerFactors
}

/**
 * The breaker at an instant: the replay, from calm, of every price of a path since the midnight at or before its memory began.
 * @param volatilityOn annualised volatility as it was known from the midnight with which a day begins; `null` when it was not, and then the
 * day's prices cannot trip it.
 */
export function replayBreaker(
  path: FeedPath,
  past: PastPrices,
  volatilityOn: (day: number) => number | null,
  rule: BreakerRule,
  time: number,
): Breaker {
  const observations = priceObservations(path, past, Math.floor((time - breakerMemory(rule)) / daySeconds))
  let state: BreakerState = { kind: 'calm' }
  let first = 0
  observations.forEach(({ at }, index) => {
    if (index === 0) return
    while (observations[first + 1]!.at <= at - rule.latencySeconds) first += 1
    const volatility = volatilityOn(Math.floor(at / daySeconds))
    if (volatility === null || volatility === 0) return
    const move = windowMove(observations.slice(first, index + 1), rule.latencySeconds)
    state = observeMove(state, { at, move, volatility }, rule)
  })
  return { state, factors: breakerFactors(state, time, rule) }
}

/** The USD price after every second in which a feed of the path had a new answer, oldest first, beginning with a day's close. */
function priceObservations(path: FeedPath, past: PastPrices, firstDay: number): readonly PriceObservation[] {
  const standing: (StandingAnswer | null)[] = path.map((feed) => past.close(feed, firstDay))
  const events = path
    .flatMap((feed, leg) => past.answers(feed).map(([at, updatedAt, answer]) => ({ leg, at, updatedAt, answer })))
    // Sorting keeps the order of blocks within a second and a feed.
    .sort((one, other) => one.at - other.at)
  const observations: PriceObservation[] = []
  const observe = (at: number) => {
    if (at < firstDay * daySeconds) return
    const price = past.price(path, standing, at)
    if (price !== null && price > 0) observations.push({ at, price })
  }
  observe(firstDay * daySeconds)
  events.forEach(({ leg, at, updatedAt, answer }, index) => {
    standing[leg] = { updatedAt, answer }
    if (events[index + 1]?.at !== at) observe(at)
  })
  return observations
}
