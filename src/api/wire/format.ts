/** How figures are written: decimal strings of fixed length, ISO times to the second. */
import { type Decimal, formatDecimal, parseDecimal, scaleDown, scaleUp } from '../valuation/decimal'

/** USD in units of 10^−8, as text with 8 decimals. */
export function usd(units: bigint): string {
  return formatDecimal({ value: units, decimals: 8 })
}

/** A ratio or quantity of the engine's with 18 decimals: its 15 leading digits, which is what a float64 holds of a decimal. */
export function ratio(x: number): string {
  const [digits, exponent] = x.toExponential(14).split('e')
  const { value, decimals } = parseDecimal(digits!)
  return formatDecimal({ value: scaleDown({ value, decimals: decimals - Number(exponent) }, 18), decimals: 18 })
}

/** A USD price with 8 decimals, rounded down for what is held and up for what is owed. */
export function price(number: Decimal, direction: 'down' | 'up'): string {
  return usd(direction === 'down' ? scaleDown(number, 8) : scaleUp(number, 8))
}

export function isoTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')
}
