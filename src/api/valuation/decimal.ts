/** An exact decimal number: `value` ÷ 10^`decimals`. */
export interface Decimal {
  readonly value: bigint
  readonly decimals: number
}

export function multiply(a: Decimal, b: Decimal): Decimal {
  return { value: a.value * b.value, decimals: a.decimals + b.decimals }
}

export function add(a: Decimal, b: Decimal): Decimal {
  const decimals = Math.max(a.decimals, b.decimals)
  return { value: scaleDown(a, decimals) + scaleDown(b, decimals), decimals }
}

/** −1, 0 or 1. */
export function compare(a: Decimal, b: Decimal): number {
  const left = a.value * 10n ** BigInt(b.decimals)
  const right = b.value * 10n ** BigInt(a.decimals)
  return left < right ? -1 : left > right ? 1 : 0
}

/** @param text digits with an optional sign and fraction; no exponent. */
export function parseDecimal(text: string): Decimal {
  const [whole, fraction = ''] = text.split('.')
  return { value: BigInt(`${whole}${fraction}`), decimals: fraction.length }
}

/** Units of 10^−`decimals`, rounded towards minus infinity. */
export function scaleDown(number: Decimal, decimals: number): bigint {
  const shift = decimals - number.decimals
  if (shift >= 0) return number.value * 10n ** BigInt(shift)
  const divisor = 10n ** BigInt(-shift)
  const quotient = number.value / divisor
  return number.value < 0n && quotient * divisor !== number.value ? quotient - 1n : quotient
}

/** Units of 10^−`decimals`, rounded towards plus infinity. */
export function scaleUp(number: Decimal, decimals: number): bigint {
  return -scaleDown({ value: -number.value, decimals: number.decimals }, decimals)
}

/** All digits, no exponent; exact. */
export function formatDecimal({ value, decimals }: Decimal): string {
  const digits = (value < 0n ? -value : value).toString().padStart(decimals + 1, '0')
  const sign = value < 0n ? '-' : ''
  return decimals === 0 ? `${sign}${digits}` : `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
}
