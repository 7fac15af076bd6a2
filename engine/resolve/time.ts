import { exp } from '../math/exp'

/** Seconds in the year of 365 days that every time is measured in. */
export const YEAR_SECONDS = 365 * 86_400

/** Years from `at` to `expiry`, both unix seconds; 0 once expired. */
export function yearsTo(expiry: number, at: number): number {
  return Math.max(0, expiry - at) / YEAR_SECONDS
}

/** e^{−rate·years}; the exponent is bounded so that a century at 100 % still gives a positive number. */
export function discountFactor(rate: number, years: number): number {
  return exp(-Math.min(MAXIMUM_EXPONENT, rate * years))
}

/** e^{rate·years}, bounded in the same way. */
export function growthFactor(rate: number, years: number): number {
  return exp(Math.min(MAXIMUM_EXPONENT, rate * years))
}

const MAXIMUM_EXPONENT = 100
