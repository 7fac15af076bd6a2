import { OutOfRangeError } from '../../errors'
import { exp } from '../../math/exp'
import { log } from '../../math/log'
import { checkInteger, checkOpenFraction } from '../checks'

/** The sum takes time in proportion. */
const MOST_TRIALS = 10_000_000

/**
 * P(X ≤ successes) for X binomial(trials, probability), summed in logarithms so that long samples do not underflow.
 *
 * @returns probability in [0,1]
 * @throws BadTypeError, OutOfRangeError
 */
export function binomialCdf(successes: number, trials: number, probability: number): number {
  checkInteger('/trials', trials, 1, MOST_TRIALS)
  checkInteger('/successes', successes, 0)
  checkOpenFraction('/probability', probability)
  if (successes > trials) throw new OutOfRangeError('/successes', `of at most ${trials}`)
  const logOdds = log(probability / (1 - probability))
  let logMass = trials * log(1 - probability)
  let sum = exp(logMass)
  for (let k = 0; k < successes; k += 1) {
    logMass += log((trials - k) / (k + 1)) + logOdds
    sum += exp(logMass)
  }
  return Math.min(1, sum)
}
