import { OutOfRangeError } from '../../errors'
import { checkFinite, checkPositive } from '../checks'
import type { BreakerParameters } from './types'

/** @throws BadTypeError, OutOfRangeError pointing at the parameter */
export function checkBreakerParameters(parameters: BreakerParameters): void {
  checkPositive('/parameters/latencySeconds', parameters.latencySeconds)
  checkPositive('/parameters/deviations', parameters.deviations)
  checkPositive('/parameters/halfLifeSeconds', parameters.halfLifeSeconds)
  checkPositive('/parameters/rampSeconds', parameters.rampSeconds)
  checkFinite('/parameters/maxFactor', parameters.maxFactor)
  if (parameters.maxFactor < 1) throw new OutOfRangeError('/parameters/maxFactor', 'of at least 1')
}
