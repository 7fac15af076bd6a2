import { checkInteger, checkNotNegative } from '../checks'
import { upperGamma } from './upperGamma'

/** The sums behind the tail take time in proportion. */
const MOST_DEGREES = 10_000

/**
 * P(X ≥ statistic) for X chi-square distributed: the p-value of a likelihood ratio, Q(df/2, x/2).
 *
 * @param statistic ≥ 0
 * @param degreesOfFreedom integer from 1 to 10 000
 * @returns probability in [0,1]
 * @throws BadTypeError, OutOfRangeError
 */
export function chiSquareSurvival(statistic: number, degreesOfFreedom: number): number {
  checkNotNegative('/statistic', statistic)
  checkInteger('/degreesOfFreedom', degreesOfFreedom, 1, MOST_DEGREES)
  return upperGamma(degreesOfFreedom, statistic / 2)
}
