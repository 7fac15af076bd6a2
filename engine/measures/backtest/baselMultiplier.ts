import { checkInteger } from '../checks'

/** Multipliers for 0–4, 5, 6, 7, 8, 9 and at least 10 exceptions. */
const MULTIPLIERS = [1.5, 1.5, 1.5, 1.5, 1.5, 1.7, 1.76, 1.83, 1.88, 1.92, 2] as const

/**
 * Factor on an internal model's requirement after so many exceptions of a 99 % one-day VaR within 250 days (Basel framework, MAR32.9, table 1).
 *
 * @throws BadTypeError, OutOfRangeError
 */
export function baselMultiplier(exceptions: number): number {
  checkInteger('/exceptions', exceptions, 0)
  return MULTIPLIERS[Math.min(exceptions, MULTIPLIERS.length - 1)]!
}
