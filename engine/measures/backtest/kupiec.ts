import { OutOfRangeError } from '../../errors'
import { checkInteger, checkOpenFraction } from '../checks'
import { chiSquareSurvival } from './chiSquareSurvival'
import { logLikelihoodTerm } from './logLikelihoodTerm'
import type { TestResult } from './types'

/**
 * Unconditional coverage (proportion of failures, Kupiec 1995): likelihood ratio of the observed rate of exceptions against the promised one,
 * chi-square with one degree of freedom.
 *
 * @param observations days tested, ≥ 1
 * @param exceptions days on which the loss exceeded VaR, 0 … observations
 * @param probability promised rate in (0,1): 1 − level of the VaR
 * @throws BadTypeError, OutOfRangeError
 */
export function kupiec(observations: number, exceptions: number, probability: number): TestResult {
  checkInteger('/observations', observations, 1)
  checkInteger('/exceptions', exceptions, 0)
  checkOpenFraction('/probability', probability)
  if (exceptions > observations) throw new OutOfRangeError('/exceptions', `of at most ${observations}`)
  const others = observations - exceptions
  const rate = exceptions / observations
  const ratio =
    logLikelihoodTerm(others, 1 - probability) +
    logLikelihoodTerm(exceptions, probability) -
    logLikelihoodTerm(others, 1 - rate) -
    logLikelihoodTerm(exceptions, rate)
  const statistic = Math.max(0, -2 * ratio)
  return { statistic, pValue: chiSquareSurvival(statistic, 1) }
}
