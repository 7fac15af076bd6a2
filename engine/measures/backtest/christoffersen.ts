import { checkFinite, checkInteger, checkOpenFraction } from '../checks'
import { TooFewObservationsError } from '../errors'
import { chiSquareSurvival } from './chiSquareSurvival'
import { kupiec } from './kupiec'
import { logLikelihoodTerm } from './logLikelihoodTerm'
import type { TestResult } from './types'

/** Pairs of consecutive days: `n01` is a day without an exception followed by one with. */
export interface Transitions {
  readonly n00: number
  readonly n01: number
  readonly n10: number
  readonly n11: number
}

export interface ChristoffersenResult {
  readonly transitions: Transitions
  /** Kupiec's test on all days. */
  readonly unconditional: TestResult
  /** Exceptions do not follow each other more or less often than chance; one degree of freedom. */
  readonly independence: TestResult
  /** Both at once: the sum of the two ratios, two degrees of freedom. */
  readonly conditionalCoverage: TestResult
}

/**
 * Independence and conditional coverage of exceptions (Christoffersen 1998), against a first-order Markov chain. Terms 0·ln 0 are 0, so a sample
 * without exceptions has an independence ratio of 0.
 *
 * @param exceptions per day in order: true or non-zero where the loss exceeded VaR; at least 2
 * @param probability promised rate in (0,1)
 * @throws TooFewObservationsError, BadTypeError, OutOfRangeError
 */
export function christoffersen(exceptions: ArrayLike<boolean | number>, probability: number): ChristoffersenResult {
  if (exceptions.length < 2) throw new TooFewObservationsError('/exceptions', exceptions.length, 2)
  checkOpenFraction('/probability', probability)
  const hits = Array.from(exceptions, (exception, t) => {
    if (typeof exception === 'number') checkFinite(`/exceptions/${t}`, exception)
    return Boolean(exception)
  })
  // The first day follows none: `undefined` is neither.
  const count = (from: boolean, to: boolean) => hits.filter((hit, t) => hits[t - 1] === from && hit === to).length
  const transitions = {
    n00: count(false, false),
    n01: count(false, true),
    n10: count(true, false),
    n11: count(true, true),
  }
  const unconditional = kupiec(hits.length, hits.filter(Boolean).length, probability)
  const independence = christoffersenIndependence(transitions)
  const statistic = unconditional.statistic + independence.statistic
  const conditionalCoverage = { statistic, pValue: chiSquareSurvival(statistic, 2) }
  return { transitions, unconditional, independence, conditionalCoverage }
}

/**
 * The independence ratio from the counts of transitions alone.
 *
 * @throws BadTypeError, OutOfRangeError for a count that is not an integer ≥ 0, TooFewObservationsError when all are 0
 */
export function christoffersenIndependence({ n00, n01, n10, n11 }: Transitions): TestResult {
  for (const [name, count] of Object.entries({ n00, n01, n10, n11 })) checkInteger(`/${name}`, count, 0)
  const pairs = n00 + n01 + n10 + n11
  if (pairs === 0) throw new TooFewObservationsError('/n00', 0, 1)
  const pooled = fittedLogLikelihood(n01 + n11, n00 + n10)
  const chain = fittedLogLikelihood(n01, n00) + fittedLogLikelihood(n11, n10)
  const statistic = Math.max(0, 2 * (chain - pooled))
  return { statistic, pValue: chiSquareSurvival(statistic, 1) }
}

/** Log-likelihood of so many ones and zeros at their own rate. */
function fittedLogLikelihood(ones: number, zeros: number): number {
  const all = ones + zeros
  return logLikelihoodTerm(ones, ones / all) + logLikelihoodTerm(zeros, zeros / all)
}
