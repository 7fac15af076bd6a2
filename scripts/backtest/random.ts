import { log } from '../../engine/math/log'

/** Seeded noise: the same seed gives the same numbers on every machine. */
export interface Random {
  /** In [0,1). */
  readonly uniform: () => number
  /** Standard normal. */
  readonly normal: () => number
  /** Student with so many degrees of freedom, scaled to variance 1. */
  readonly student: (degreesOfFreedom: number) => number
}

export function seededRandom(seed: number): Random {
  let state = seed >>> 0
  // Mulberry32.
  const uniform = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  // Marsaglia's polar method: no trigonometry, which is not the same everywhere.
  const normal = () => {
    for (;;) {
      const x = 2 * uniform() - 1
      const y = 2 * uniform() - 1
      const square = x * x + y * y
      if (square > 0 && square < 1) return x * Math.sqrt((-2 * log(square)) / square)
    }
  }
  const student = (degreesOfFreedom: number) => {
    let chiSquare = 0
    for (let k = 0; k < degreesOfFreedom; k += 1) {
      const z = normal()
      chiSquare += z * z
    }
    return normal() * Math.sqrt((degreesOfFreedom - 2) / chiSquare)
  }
  return { uniform, normal, student }
}
