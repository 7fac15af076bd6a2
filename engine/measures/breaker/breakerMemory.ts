import { checkBreakerParameters } from './checkBreakerParameters'
import { type BreakerParameters, breakerDefaults, NEGLIGIBLE_EXCESS } from './types'

/**
 * How far back moves can still matter, seconds: whole half-lives until the largest factor has decayed to calm, and the window in
 * which a move is measured. Replaying the prices of this time from a calm breaker gives the factors that replaying all of history would, to
 * within the excess at which the breaker is calm: what tripped earlier is calm by now, and whatever it kept from tripping was smaller still.
 *
 * @throws BadTypeError, OutOfRangeError
 */
export function breakerMemory(parameters: BreakerParameters = breakerDefaults): number {
  checkBreakerParameters(parameters)
  let halfLives = 0
  for (let excess = parameters.maxFactor - 1; excess >= NEGLIGIBLE_EXCESS; excess /= 2) halfLives += 1
  return halfLives * parameters.halfLifeSeconds + parameters.latencySeconds
}
