import { checkInteger, checkNotNegative } from '../checks'
import { upperGamma } from './upperGamma'

/**
 * P(X ≥ statistic) for X chi-square distributed: the p-value of a likelihood ratio, Q(df/2, x/2).
 *
 * @param statistic ≥ 0
 * @param degreesOfFreedom integer ≥ 1
 * @returns probability in [0,1]
 * @throws BadTypeError, OutOfRangeError
 */
export function chiSquareSurvival(statistic: number, degreesOfFreedom: number): number {
  checkNotNegative('/statistic', statistic)
  checkInteger('/degreesOfFreedom', degreesOfFreedom, 1)
  return upperGamma(degreesOfFreedom, statistic / 2)
}
