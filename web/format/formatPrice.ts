import { parseDecimal, printDecimal, type Rounding, rescale } from './decimal'
import { formatUsd } from './formatUsd'
import { groupThousands } from './groupThousands'

const smallUnits = 10n

/** A price of one unit: cents from $10 on, six digits below, where a stablecoin's deviation would not show otherwise. */
export function formatPrice(text: string, rounding: Rounding): string {
  const exact = parseDecimal(text)
  if (exact === null) return text
  const isLarge = exact.units >= smallUnits * 10n ** BigInt(exact.scale)
  if (isLarge || exact.units <= 0n) return formatUsd(text, rounding)
  const shown = printDecimal(rescale(exact, 6, rounding))
  return shown === '0.000000' ? '< $0.000001' : `$${groupThousands(shown)}`
}
