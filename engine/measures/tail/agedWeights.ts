import { checkInteger, checkOpenFraction } from '../checks'

/**
 * Weights decay^age for a weighted historical simulation (Boudoukh, Richardson and Whitelaw 1998).
 *
 * @param count number of observations, oldest first
 * @param decay in (0,1), e.g. 0.98
 * @returns weights, the last the largest, Σ = 1 but for rounding
 * @throws BadTypeError, OutOfRangeError
 */
export function agedWeights(count: number, decay: number): Float64Array {
  checkInteger('/count', count, 1)
  checkOpenFraction('/decay', decay)
  const weights = new Float64Array(count)
  let weight = 1
  let total = 0
  for (let i = count - 1; i >= 0; i -= 1) {
    weights[i] = weight
    total += weight
    weight *= decay
  }
  return weights.map((w) => w / total)
}
