import { OutOfRangeError } from '../../errors'
import { checkFinite } from '../checks'

/** Products of two such numbers are finite. */
const LARGEST_TERM = 1e150

/**
 * A scenario's price move under the breaker: the shock is multiplied, not the loss, because losses of options and lending units are not
 * proportional to it. Nothing falls by more than everything.
 *
 * @param move relative move of the scenario, ≥ −1
 * @param factor of `breakerFactors`, ≥ 1
 * @returns max(−1, move·factor)
 * @throws BadTypeError, OutOfRangeError
 */
export function shockedMove(move: number, factor: number): number {
  checkFinite('/move', move, LARGEST_TERM)
  checkFinite('/factor', factor, LARGEST_TERM)
  if (factor < 1) throw new OutOfRangeError('/factor', 'of at least 1')
  return Math.max(-1, move * factor)
}
