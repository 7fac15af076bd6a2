import { checkFinite, checkPositive } from '../checks'
import { breakerFactors } from './breakerFactors'
import { type BreakerParameters, type BreakerState, breakerDefaults, NEGLIGIBLE_EXCESS } from './types'

export interface MoveObservation {
  /** Unix seconds, not before the observation that tripped the breaker last. */
  readonly at: number
  /** Relative price move over the latency window, signed fraction. */
  readonly move: number
  /** Annualised volatility known before the move, > 0. */
  readonly volatility: number
}

const YEAR_SECONDS = 31_536_000

/**
 * The breaker's next state. It trips when |move| > k·σ·√latency, with factor min(maxFactor, |move| ÷ that limit), unless a larger factor is still
 * in force; otherwise it goes on decaying, and is calm when nothing is left. Direction does not matter: the shocks of both sides are multiplied.
 *
 * A pure function of what was observed: replaying the observations gives the same state anywhere.
 *
 * @throws BadTypeError, OutOfRangeError
 */
export function observeMove(
  state: BreakerState,
  { at, move, volatility }: MoveObservation,
  parameters: BreakerParameters = breakerDefaults,
): BreakerState {
  checkFinite('/move', move)
  checkPositive('/volatility', volatility)
  const current = breakerFactors(state, at, parameters)
  const limit = parameters.deviations * volatility * Math.sqrt(parameters.latencySeconds / YEAR_SECONDS)
  const factor = Math.min(parameters.maxFactor, Math.abs(move) / limit)
  if (factor > current.initial) {
    return { kind: 'tripped', trippedAt: at, factor, maintenanceFrom: current.maintenance, move, limit }
  }
  return current.initial - 1 < NEGLIGIBLE_EXCESS ? { kind: 'calm' } : state
}
