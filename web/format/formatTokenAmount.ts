import { type Decimal, parseDecimal, printDecimal, type Rounding, rescale } from './decimal'
import { groupThousands } from './groupThousands'

const digitsShown = 6

/** A raw integer amount beside its decimals: ("1500000", 6) is "1.5". Six digits after the point at most. */
export function formatTokenAmount(raw: string, decimals: number, rounding: Rounding): string {
  const integer = parseDecimal(raw)
  if (integer === null || integer.scale !== 0 || !Number.isInteger(decimals) || decimals < 0) return raw
  const exact: Decimal = { units: integer.units, scale: decimals }
  const shown = rescale(exact, Math.min(digitsShown, decimals), rounding)
  if (shown.units === 0n && exact.units !== 0n) return `< 0.${'0'.repeat(digitsShown - 1)}1`
  const text = groupThousands(printDecimal(shown))
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}
