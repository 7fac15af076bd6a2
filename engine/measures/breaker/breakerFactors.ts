import { OutOfRangeError } from '../../errors'
import { exp } from '../../math/exp'
import { checkFinite } from '../checks'
import { checkBreakerParameters } from './checkBreakerParameters'
import { type BreakerFactors, type BreakerParameters, type BreakerState, breakerDefaults } from './types'

/**
 * The factors in force at an instant. The initial factor's excess over 1 halves every half-life; the maintenance factor follows it from below, rising
 * by at most (maxFactor − 1) per ramp, so that nobody is liquidated by the first seconds of a jump in the requirement.
 *
 * @param at unix seconds, not before the state's `trippedAt`
 * @throws BadTypeError, OutOfRangeError
 */
export function breakerFactors(
  state: BreakerState,
  at: number,
  parameters: BreakerParameters = breakerDefaults,
): BreakerFactors {
  checkBreakerParameters(parameters)
  checkFinite('/at', at)
  if (state.kind === 'calm') return { initial: 1, maintenance: 1 }
  const elapsed = at - state.trippedAt
  if (elapsed < 0) throw new OutOfRangeError('/at', `of at least ${state.trippedAt}, when the breaker tripped`)
  const initial = 1 + (state.factor - 1) * exp((-Math.LN2 * elapsed) / parameters.halfLifeSeconds)
  const risen = state.maintenanceFrom + ((parameters.maxFactor - 1) * elapsed) / parameters.rampSeconds
  return { initial, maintenance: Math.min(initial, risen) }
}
