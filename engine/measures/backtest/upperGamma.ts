import { exp } from '../../math/exp'
import { log } from '../../math/log'

const LOG_PI = 1.1447298858494002
const RELATIVE = 1e-17
const MAX_TERMS = 100_000
const TINY = 1e-300

/**
 * Regularised upper incomplete gamma function Q(n/2, x) for a half-integer shape, by the series below x = a + 1 and Lentz's continued
 * fraction above it (Numerical Recipes, §6.2). Relative error about 1e-13.
 *
 * @param halves n, an integer ≥ 1
 * @param x ≥ 0
 * @returns probability in [0,1]
 */
export function upperGamma(halves: number, x: number): number {
  if (x === 0) return 1
  const shape = halves / 2
  const front = exp(shape * log(x) - x - logGammaOfHalves(halves))
  return x < shape + 1 ? Math.max(0, 1 - front * lowerSeries(shape, x)) : front * upperFraction(shape, x)
}

/** ln Γ(n/2) from Γ(1) = 1, Γ(½) = √π and Γ(a + 1) = aΓ(a). */
function logGammaOfHalves(halves: number): number {
  let sum = halves % 2 === 1 ? LOG_PI / 2 : 0
  for (let a = halves % 2 === 1 ? 0.5 : 1; a < halves / 2; a += 1) sum += log(a)
  return sum
}

function lowerSeries(shape: number, x: number): number {
  let term = 1 / shape
  let sum = term
  for (let n = 1; n < MAX_TERMS && term > sum * RELATIVE; n += 1) {
    term *= x / (shape + n)
    sum += term
  }
  return sum
}

/** Denominators stay above n for x ≥ shape + 1, so Lentz's guard against zeros is not needed. */
function upperFraction(shape: number, x: number): number {
  let b = x + 1 - shape
  let c = 1 / TINY
  let d = 1 / b
  let fraction = d
  for (let n = 1; n < MAX_TERMS; n += 1) {
    const a = -n * (n - shape)
    b += 2
    d = 1 / (a * d + b)
    c = b + a / c
    const factor = d * c
    fraction *= factor
    if (Math.abs(factor - 1) < Number.EPSILON) break
  }
  return fraction
}
