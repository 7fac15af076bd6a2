export interface Minimum {
  readonly point: readonly number[]
  readonly value: number
  readonly iterations: number
}

interface Vertex {
  readonly point: readonly number[]
  readonly value: number
}

/**
 * Minimises a function without derivatives: downhill simplex (Nelder and Mead 1965) with coefficients 1, 2, ½, ½, restarted
 * from its own result until a restart gains nothing, because a simplex can collapse away from the minimum. No randomness: the same
 * input gives the same bits.
 *
 * @param objective finite at `start`; may return Infinity elsewhere to forbid a point
 * @param step edge of the first simplex
 */
export function nelderMead(
  objective: (point: readonly number[]) => number,
  start: readonly number[],
  step: number,
): Minimum {
  let best: Vertex = { point: start, value: objective(start) }
  let iterations = 0
  for (let restart = 0; restart < MAX_RESTARTS; restart += 1) {
    const result = descend(objective, best, step)
    iterations += result.iterations
    const gain = best.value - result.value
    best = result
    if (gain <= TOLERANCE * (1 + Math.abs(best.value))) break
  }
  return { ...best, iterations }
}

const MAX_RESTARTS = 20
const MAX_ITERATIONS = 2000
const TOLERANCE = 1e-12

function descend(objective: (point: readonly number[]) => number, start: Vertex, step: number): Minimum {
  const evaluate = (point: readonly number[]): Vertex => ({ point, value: objective(point) })
  const simplex = [
    start,
    ...start.point.map((_, axis) => evaluate(start.point.map((x, i) => (i === axis ? x + step : x)))),
  ]
  let iterations = 0
  for (; iterations < MAX_ITERATIONS; iterations += 1) {
    simplex.sort((a, b) => a.value - b.value)
    const best = simplex[0]!
    const worst = simplex.at(-1)!
    if (worst.value - best.value <= TOLERANCE * (1 + Math.abs(best.value))) break

    const others = simplex.slice(0, -1)
    const centre = start.point.map((_, i) => others.reduce((sum, { point }) => sum + point[i]!, 0) / others.length)
    const towards = (factor: number) => evaluate(centre.map((x, i) => x + factor * (worst.point[i]! - x)))
    const reflected = towards(-1)
    if (reflected.value < best.value) {
      const expanded = towards(-2)
      simplex[simplex.length - 1] = expanded.value < reflected.value ? expanded : reflected
    } else if (reflected.value < others.at(-1)!.value) {
      simplex[simplex.length - 1] = reflected
    } else {
      const contracted = reflected.value < worst.value ? towards(-0.5) : towards(0.5)
      if (contracted.value < Math.min(reflected.value, worst.value)) simplex[simplex.length - 1] = contracted
      else {
        for (let i = 1; i < simplex.length; i += 1) {
          simplex[i] = evaluate(simplex[i]!.point.map((x, j) => (x + best.point[j]!) / 2))
        }
      }
    }
  }
  simplex.sort((a, b) => a.value - b.value)
  return { ...simplex[0]!, iterations }
}
