import { log } from '../../math/log'

/** count·ln(probability), and 0·ln 0 = 0: the contribution of `count` equal outcomes to a log-likelihood. */
export function logLikelihoodTerm(count: number, probability: number): number {
  return count === 0 ? 0 : count * log(probability)
}
