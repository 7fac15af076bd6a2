import { checkFraction, checkNotNegative } from '../checks'

export interface VarianceParts {
  readonly fast: number
  readonly slow: number
  readonly stress: number
}

/** Share of stressed observations named by EMIR RTS (EU) 153/2013, Art. 28(1)(b). */
export const STRESS_SHARE = 0.25

/**
 * σ² = max(fast, slow, (1 − s)·slow + s·stress): a calm market cannot take the requirement below a blend with stress, so a crash raises it less
 * abruptly.
 *
 * @param parts variances (not volatilities) in one unit, each ≥ 0
 * @param stressShare s in [0,1]
 * @throws BadTypeError, OutOfRangeError
 */
export function antiProcyclicalVariance({ fast, slow, stress }: VarianceParts, stressShare = STRESS_SHARE): number {
  checkNotNegative('/fast', fast)
  checkNotNegative('/slow', slow)
  checkNotNegative('/stress', stress)
  checkFraction('/stressShare', stressShare)
  return Math.max(fast, slow, (1 - stressShare) * slow + stressShare * stress)
}
