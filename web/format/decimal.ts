/**
 * Decimal strings, exactly. The page never turns money into a float except to draw the length of a bar.
 */
export interface Decimal {
  readonly units: bigint
  /** Digits after the point: the number is units ÷ 10^scale. */
  readonly scale: number
}

/** `down` is towards −∞, `up` towards +∞: what belongs to the account goes down, what it owes goes up. */
export type Rounding = 'down' | 'up'

/** Reads "-12.340"; `null` for anything that is not a plain decimal. */
export function parseDecimal(text: string): Decimal | null {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text)
  if (match === null) return null
  const [, sign, whole = '', fraction = ''] = match
  const units = BigInt(whole + fraction)
  return { units: sign === '-' ? -units : units, scale: fraction.length }
}

/** The same number with `scale` digits after the point, rounded in the stated direction when digits are lost. */
export function rescale(value: Decimal, scale: number, rounding: Rounding): Decimal {
  if (scale >= value.scale) return { units: value.units * 10n ** BigInt(scale - value.scale), scale }
  const divisor = 10n ** BigInt(value.scale - scale)
  const quotient = value.units / divisor
  const lost = value.units % divisor
  if (lost === 0n) return { units: quotient, scale }
  if (rounding === 'down') return { units: lost < 0n ? quotient - 1n : quotient, scale }
  return { units: lost > 0n ? quotient + 1n : quotient, scale }
}

/** Exact sum. Texts that are not decimals are a programming error and throw. */
export function sumDecimals(texts: readonly string[]): string {
  return printDecimal(texts.map(mustParse).reduce(add, { units: 0n, scale: 0 }))
}

/** Exact `a − b`. */
export function subtractDecimals(a: string, b: string): string {
  const { units, scale } = mustParse(b)
  return printDecimal(add(mustParse(a), { units: -units, scale }))
}

export function isZero(text: string): boolean {
  return mustParse(text).units === 0n
}

export function isNegative(text: string): boolean {
  return mustParse(text).units < 0n
}

/** For the length of a bar only: `part ÷ whole` in [0, 1], 0 when the whole is not positive. */
export function shareOf(part: string, whole: string): number {
  const total = Number(whole)
  if (!(total > 0)) return 0
  return Math.min(1, Math.max(0, Number(part) / total))
}

export function printDecimal({ units, scale }: Decimal): string {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0')
  const whole = digits.slice(0, digits.length - scale)
  const fraction = scale === 0 ? '' : `.${digits.slice(-scale)}`
  return `${units < 0n ? '-' : ''}${whole}${fraction}`
}

function add(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale)
  return { units: rescale(a, scale, 'down').units + rescale(b, scale, 'down').units, scale }
}

function mustParse(text: string): Decimal {
  const value = parseDecimal(text)
  if (value === null) throw new RangeError(`"${text}" is not a decimal number`)
  return value
}
