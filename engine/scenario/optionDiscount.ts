import { growthFactor } from '../resolve/time'
import type { OptionDiscount } from '../types'

/** Factors on an expiry's shocked value: `asset` when it is positive, `liability` when it is negative. */
export interface ExpiryDiscount {
  readonly asset: number
  readonly liability: number
}

/**
 * Static discounts of an expiry (derive PMRM-2): a long value counts for less the longer it runs, a short one for more, but
 * never for more than its undiscounted amount. What has expired is owed as it is.
 */
export function expiryDiscount(rule: OptionDiscount | null, rate: number, years: number): ExpiryDiscount {
  if (rule === null || years === 0) return { asset: 1, liability: 1 }
  const { asset, liability } = rule
  return {
    asset: asset.base / growthFactor(rate * asset.rateMultiplier + asset.rateAddend, years),
    liability: Math.min(
      growthFactor(rate, years),
      liability.base * growthFactor(rate * liability.rateMultiplier + liability.rateAddend, years),
    ),
  }
}
