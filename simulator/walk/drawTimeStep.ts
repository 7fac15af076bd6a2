import type { Random } from '../../devnet/random'

const minute = 60
const hour = 60 * minute
const day = 24 * hour

/** Seconds to the next block: mostly a block time, sometimes hours, now and then days. */
export function drawTimeStep(random: Random, secondsLeft: number): number {
  const draw = random.next()
  const step =
    draw < 0.7
      ? random.integer(1, minute)
      : draw < 0.95
        ? random.integer(minute, 6 * hour)
        : random.integer(6 * hour, 2 * day)
  return Math.max(1, Math.min(step, secondsLeft))
}
