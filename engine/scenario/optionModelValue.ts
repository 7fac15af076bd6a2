import { discountFactor } from '../pricing/discountFactor'
import { optionValue } from '../pricing/optionValue'
import { expiryOf } from '../resolve/resolveInstruments'
import { YEAR_SECONDS } from '../resolve/time'
import type { Option, ResolvedUnderlying } from '../types'

/** Model value of one unit of an option, USD; intrinsic once expired. */
export function optionModelValue(option: Option, underlying: ResolvedUnderlying, at: number): number {
  const years = Math.max(0, option.expiry - at) / YEAR_SECONDS
  if (years === 0) return optionValue(option.isCall, underlying.indexPrice, option.strike, 0, 0, 1)
  const { forward, rate } = expiryOf(underlying, option.expiry)
  return optionValue(option.isCall, forward, option.strike, option.vol, years, discountFactor(rate, years))
}
