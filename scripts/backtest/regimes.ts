import { exp } from '../../engine/math/exp'
import { type Random, seededRandom } from './random'

/** A way in which two correlated prices move, invented to be unlike what the methods assume. */
export interface Regime {
  readonly id: string
  readonly description: string
  /** Daily volatility of the common factor and its noise, day after day. */
  readonly process: (random: Random) => () => Day
}

interface Day {
  readonly volatility: number
  readonly noise: readonly [number, number]
  /** Added to both log returns. */
  readonly jump: number
}

const DAY = Math.sqrt(1 / 365)
const CORRELATION = 0.85
/** The second asset moves more, as ETH does against BTC. */
const SECOND_SCALE = 1.25

const correlated = (first: number, second: number): [number, number] => [
  first,
  CORRELATION * first + Math.sqrt(1 - CORRELATION * CORRELATION) * second,
]
const normals = (random: Random) => correlated(random.normal(), random.normal())
const students = (random: Random, degreesOfFreedom: number) =>
  correlated(random.student(degreesOfFreedom), random.student(degreesOfFreedom))

export const regimes: readonly Regime[] = [
  {
    id: 'normal',
    description: 'independent normal returns, 60 % a year: every method should pass',
    process: (random) => () => ({ volatility: 0.6 * DAY, noise: normals(random), jump: 0 }),
  },
  {
    id: 'fat-tails',
    description: 'independent Student returns with 4 degrees of freedom, 60 % a year',
    process: (random) => () => ({ volatility: 0.6 * DAY, noise: students(random, 4), jump: 0 }),
  },
  {
    id: 'clusters',
    description: 'GARCH(1,1), α 0.10, β 0.88, 65 % a year in the long run, Student noise with 5 degrees of freedom',
    process: (random) => {
      const longRun = 0.65 * 0.65 * DAY * DAY
      let variance = longRun
      return () => {
        const noise = students(random, 5)
        const volatility = Math.sqrt(variance)
        variance = 0.02 * longRun + 0.1 * variance * noise[0] * noise[0] + 0.88 * variance
        return { volatility, noise, jump: 0 }
      }
    },
  },
  {
    id: 'switching',
    description: 'calm (35 % a year, 150 days on average) and storm (130 %, 20 days), without warning',
    process: (random) => {
      let storm = false
      return () => {
        storm = storm ? random.uniform() > 1 / 20 : random.uniform() < 1 / 150
        return { volatility: (storm ? 1.3 : 0.35) * DAY, noise: normals(random), jump: 0 }
      }
    },
  },
  {
    id: 'jumps',
    description: 'normal returns, 50 % a year, and on 1 % of days a common jump of −8 % ± 5 %',
    process: (random) => () => {
      const noise = normals(random)
      const jump = random.uniform() < 0.01 ? -0.08 + 0.05 * random.normal() : 0
      return { volatility: 0.5 * DAY, noise, jump }
    },
  },
  {
    id: 'crashes',
    description:
      'long calm at 30 % a year; about every 400 days a fall of 25 % in a day, then volatility of 150 % that halves every 10 days',
    process: (random) => {
      let excess = 0
      return () => {
        const crash = random.uniform() < 1 / 400
        const volatility = (0.3 + excess) * DAY
        excess = crash ? 1.2 : excess * HALVES_IN_TEN_DAYS
        return { volatility, noise: normals(random), jump: crash ? -0.2877 : 0 }
      }
    },
  },
]

const HALVES_IN_TEN_DAYS = 0.9330329915368074

/**
 * Simple returns of two assets under a regime.
 *
 * @returns `[asset][day]`, each above −1
 */
export function simulate(regime: Regime, days: number, seed: number): readonly [Float64Array, Float64Array] {
  const random = seededRandom(seed)
  const next = regime.process(random)
  const first = new Float64Array(days)
  const second = new Float64Array(days)
  for (let t = 0; t < days; t += 1) {
    const { volatility, noise, jump } = next()
    first[t] = exp(volatility * noise[0] + jump) - 1
    second[t] = exp(volatility * SECOND_SCALE * noise[1] + jump) - 1
  }
  return [first, second]
}
