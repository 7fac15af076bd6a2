import { parseDecimal, printDecimal, type Rounding, rescale } from './decimal'
import { groupThousands } from './groupThousands'

/**
 * A USD decimal string with two digits of cents, such as "−$1,234.50".
 * Rounded in the stated direction; a non-zero figure that would print as zero prints as "< $0.01" or "> −$0.01".
 */
export function formatUsd(text: string, rounding: Rounding): string {
  const exact = parseDecimal(text)
  if (exact === null) return text
  const { units } = rescale(exact, 2, rounding)
  if (units === 0n && exact.units !== 0n) return exact.units > 0n ? '< $0.01' : '> −$0.01'
  const magnitude = printDecimal({ units: units < 0n ? -units : units, scale: 2 })
  return `${units < 0n ? '−' : ''}$${groupThousands(magnitude)}`
}
