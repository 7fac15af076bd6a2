import { OutOfRangeError } from '../../errors'
import { exp } from '../../math/exp'
import { log } from '../../math/log'
import { checkReturnSeries } from '../checks'
import { backcastVariance } from './backcastVariance'
import { type GarchParameters, garchVariance } from './garchVariance'
import { gaussianLogLikelihood } from './gaussianLogLikelihood'
import { nelderMead } from './nelderMead'

export interface GarchFit extends GarchParameters {
  readonly logLikelihood: number
  /** α + β, below 1. */
  readonly persistence: number
}

/** Below this the likelihood is flat and a fit says nothing. */
const FEWEST = 100
const PERSISTENCES = [0.5, 0.8, 0.95, 0.99]
const ALPHA_SHARES = [0.05, 0.1, 0.2, 0.4]
const FIRST_STEP = 0.5

/**
 * Fits GARCH(1,1) by quasi maximum likelihood (normal, zero mean). The search runs over (ln ω, logit(α + β), logit(α/(α + β))), so every
 * point is admissible, on returns scaled to unit variance, from the best point of a fixed grid; the same series always gives the same bits.
 *
 * @param returns oldest first, at least 100, not all zero
 * @returns ω in returns squared per interval
 * @throws TooFewObservationsError, BadTypeError, OutOfRangeError for returns that are all zero
 */
export function fitGarch(returns: ArrayLike<number>): GarchFit {
  checkReturnSeries('/returns', returns, FEWEST)
  let squares = 0
  for (let t = 0; t < returns.length; t += 1) squares += returns[t]! * returns[t]!
  const scale = squares / returns.length
  if (scale === 0) throw new OutOfRangeError('/returns', 'other than 0 in at least one element')

  const scaled = Float64Array.from(returns, (r) => r / Math.sqrt(scale))
  const backcast = backcastVariance(scaled)
  const objective = (point: readonly number[]) => {
    const variance = garchVariance(scaled, parametersAt(point), { backcast })
    return -gaussianLogLikelihood(scaled, variance)
  }
  const grid = PERSISTENCES.flatMap((persistence) =>
    ALPHA_SHARES.map((share) => [log(1 - persistence), logit(persistence), logit(share)]),
  )
  const start = grid.reduce((best, point) => (objective(point) < objective(best) ? point : best))
  const { omega, alpha, beta } = parametersAt(nelderMead(objective, start, FIRST_STEP).point)

  const fitted = { omega: omega * scale, alpha, beta }
  const logLikelihood = gaussianLogLikelihood(returns, garchVariance(returns, fitted))
  return { ...fitted, logLikelihood, persistence: alpha + beta }
}

/** Bounds on the search: beyond them exp leaves the range in which the variance stays positive and finite. */
const LARGEST = 30

function parametersAt([logOmega, logitPersistence, logitShare]: readonly number[]): GarchParameters {
  const persistence = logistic(logitPersistence!)
  const alpha = persistence * logistic(logitShare!)
  return { omega: exp(clamp(logOmega!)), alpha, beta: persistence - alpha }
}

function clamp(x: number): number {
  return Math.max(-LARGEST, Math.min(LARGEST, x))
}

function logistic(x: number): number {
  return 1 / (1 + exp(-clamp(x)))
}

function logit(p: number): number {
  return log(p / (1 - p))
}
