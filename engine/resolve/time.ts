import { exp } from '../math/exp'

/** Seconds in the year of 365 days that every time is measured in. */
export const YEAR_SECONDS = 365 * 86_400

/** Beyond it a factor is as good as infinite; the bound keeps every product finite. */
const MAXIMUM_EXPONENT = 100

/** Years from `at` to `expiry`, both unix seconds; 0 once expired. */
export function yearsTo(expiry: number, at: number): number {
  return Math.max(0, expiry - at) / YEAR_SECONDS
}

/** e^{rate·years}, the exponent bounded. */
export function growthFactor(rate: number, years: number): number {
  return exp(Math.min(MAXIMUM_EXPONENT, rate * years))
}
