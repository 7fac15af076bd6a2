import { lossQuantile } from './lossQuantile'

/**
 * Share of each observation in the expected shortfall: ES before its floor is −Σ shareᵢ·pnlᵢ. The loss attributed to one leg is
 * −Σ shareᵢ·legPnlᵢ, and the legs sum to ES.
 *
 * @returns one share per observation, ≥ 0, Σ = 1 but for rounding
 * @throws as `expectedShortfall`
 */
export function tailWeights(pnl: ArrayLike<number>, level: number, weights?: ArrayLike<number>): Float64Array {
  const { order, weightOf, mass } = lossQuantile(pnl, level, weights)
  const shares = new Float64Array(pnl.length)
  let left = mass
  for (const i of order) {
    const taken = Math.min(left, weightOf(i))
    shares[i] = taken / mass
    left -= taken
  }
  return shares
}
