import { log } from '../../math/log'
import { type FlooredVarianceParameters, flooredVariance, flooredVarianceDefaults } from '../volatility/flooredVariance'
import { checkFilterable } from './checkReturns'
import { filteredMoves } from './filteredMoves'

/**
 * Filtered historical simulation to a volatility floored against procyclicality: `filteredMoves` with each asset's `flooredVariance` as target, so a calm
 * market cannot shrink past crashes out of sight. The moves are never milder than those of plain filtering.
 *
 * @param returns `[asset][interval]`, simple returns > −1, oldest first, all of one length
 * @returns `[asset][interval]`, simple moves
 * @throws as `filteredMoves`
 */
export function flooredMoves(
  returns: readonly ArrayLike<number>[],
  parameters: FlooredVarianceParameters = flooredVarianceDefaults,
): Float64Array[] {
  checkFilterable(returns)
  const targetVariance = returns.map(
    (series) =>
      flooredVariance(
        Float64Array.from(series, (r) => log(1 + r)),
        parameters,
      ).variance,
  )
  return filteredMoves(returns, { lambda: parameters.fastLambda, targetVariance })
}
