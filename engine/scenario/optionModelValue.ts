import { discountFactor } from '../pricing/discountFactor'
import { optionValue } from '../pricing/optionValue'
import { expiryOf } from '../resolve/resolveInstruments'
import { yearsTo } from '../resolve/time'
import type { Option, ResolvedUnderlying } from '../types'

/** Model value of one unit of an option, USD; once expired, intrinsic at the expiry's forward, which then is its settlement price. */
export function optionModelValue(option: Option, underlying: ResolvedUnderlying, at: number): number {
  const years = yearsTo(option.expiry, at)
  const { forward, rate } = expiryOf(underlying, option.expiry)
  return optionValue(option.isCall, forward, option.strike, option.vol, years, discountFactor(rate, years))
}
