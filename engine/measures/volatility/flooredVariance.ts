import { antiProcyclicalVariance, STRESS_SHARE, type VarianceParts } from './antiProcyclicalVariance'
import { ewmaVariance } from './ewmaVariance'
import { stressVariance } from './stressVariance'

export interface FlooredVarianceParameters {
  readonly fastLambda: number
  readonly slowLambda: number
  readonly stressShare: number
  /** Length in intervals of the worst stretch that counts as stress. */
  readonly stressWindow: number
}

export const flooredVarianceDefaults: FlooredVarianceParameters = {
  fastLambda: 0.94,
  slowLambda: 0.97,
  stressShare: STRESS_SHARE,
  stressWindow: 30,
}

export interface FlooredVariance extends VarianceParts {
  /** max(fast, slow, blend with stress). */
  readonly variance: number
}

/**
 * Variance of the interval to come as requirements use it: fast and slow EWMA of the series and the stress it contains, floored against
 * procyclicality.
 *
 * @param returns oldest first; only the past is read
 * @returns variances per interval
 * @throws TooFewObservationsError for an empty series, BadTypeError, OutOfRangeError
 */
export function flooredVariance(
  returns: ArrayLike<number>,
  parameters: FlooredVarianceParameters = flooredVarianceDefaults,
): FlooredVariance {
  const parts = {
    fast: ewmaVariance(returns, { lambda: parameters.fastLambda }).at(-1)!,
    slow: ewmaVariance(returns, { lambda: parameters.slowLambda }).at(-1)!,
    stress: stressVariance(returns, parameters.stressWindow),
  }
  return { ...parts, variance: antiProcyclicalVariance(parts, parameters.stressShare) }
}
