import { exp } from '../math/exp'

/** e^(−rate·time), rate per year continuously compounded, time in years; 1 once expired. */
export function discountFactor(rate: number, timeToExpiry: number): number {
  return timeToExpiry > 0 ? exp(-rate * timeToExpiry) : 1
}
