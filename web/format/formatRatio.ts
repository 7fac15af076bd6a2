import { type Decimal, parseDecimal, printDecimal, type Rounding, rescale } from './decimal'
import { groupThousands } from './groupThousands'

/** A fraction as a percentage: "0.4312" is "43.12 %". */
export function formatPercent(text: string, rounding: Rounding, digits = 2): string {
  const exact = parseDecimal(text)
  if (exact === null) return text
  return `${print({ units: exact.units * 100n, scale: exact.scale }, rounding, digits)} %`
}

/** A plain factor, such as a health factor: "1.8734" is "1.87". */
export function formatFactor(text: string, rounding: Rounding, digits = 2): string {
  const exact = parseDecimal(text)
  return exact === null ? text : print(exact, rounding, digits)
}

function print(exact: Decimal, rounding: Rounding, digits: number): string {
  const { units, scale } = rescale(exact, digits, rounding)
  const magnitude = groupThousands(printDecimal({ units: units < 0n ? -units : units, scale }))
  return units < 0n ? `−${magnitude}` : magnitude
}
