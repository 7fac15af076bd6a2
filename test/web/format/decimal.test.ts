import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  isNegative,
  isZero,
  parseDecimal,
  printDecimal,
  rescale,
  shareOf,
  subtractDecimals,
  sumDecimals,
} from '../../../web/format/decimal'

const decimal = fc
  .tuple(fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }), fc.integer({ min: 0, max: 20 }))
  .map(([units, scale]) => printDecimal({ units, scale }))

describe('decimal', () => {
  it('reads back what it prints', () => {
    fc.assert(
      fc.property(decimal, (text) => {
        expect(printDecimal(parseDecimal(text)!)).toBe(text === '-0' ? '0' : text)
      }),
    )
  })

  it('refuses what is not a plain decimal', () => {
    for (const text of ['', '.5', '1.', '1e5', 'NaN', '1,000', '0x10', '−1', ' 1'])
      expect(parseDecimal(text)).toBeNull()
  })

  it('rounds in the stated direction, on both sides of zero', () => {
    const cents = (text: string, rounding: 'down' | 'up') => printDecimal(rescale(parseDecimal(text)!, 2, rounding))
    expect(cents('1.239', 'down')).toBe('1.23')
    expect(cents('1.231', 'up')).toBe('1.24')
    expect(cents('-1.231', 'down')).toBe('-1.24')
    expect(cents('-1.239', 'up')).toBe('-1.23')
    expect(cents('1.20', 'up')).toBe('1.20')
    expect(cents('1', 'down')).toBe('1.00')
  })

  it('never rounds further than one last digit, and never the wrong way', () => {
    fc.assert(
      fc.property(decimal, fc.integer({ min: 0, max: 20 }), (text, scale) => {
        const exact = parseDecimal(text)!
        const unit = 10n ** BigInt(Math.max(0, exact.scale - scale))
        const back = (rounding: 'down' | 'up') =>
          rescale(rescale(exact, scale, rounding), Math.max(scale, exact.scale), rounding)
        const precise = rescale(exact, Math.max(scale, exact.scale), 'down').units
        const [down, up] = [precise - back('down').units, back('up').units - precise]
        expect(down >= 0n && down < unit).toBe(true)
        expect(up >= 0n && up < unit).toBe(true)
      }),
    )
  })

  it('adds exactly where floats do not', () => {
    expect(sumDecimals(['0.1', '0.2'])).toBe('0.3')
    expect(sumDecimals(['90071992547409930.00000001', '0.00000001'])).toBe('90071992547409930.00000002')
    expect(sumDecimals([])).toBe('0')
    expect(subtractDecimals('1.00', '2.5')).toBe('-1.50')
    fc.assert(
      fc.property(decimal, decimal, (a, b) => {
        expect(isZero(subtractDecimals(subtractDecimals(sumDecimals([a, b]), b), a))).toBe(true)
      }),
    )
  })

  it('knows signs, also of nothing', () => {
    expect([isNegative('-0.00'), isNegative('-0.01'), isZero('0.000'), isZero('0.001')]).toEqual([
      false,
      true,
      true,
      false,
    ])
  })

  it('throws on a text that is no number rather than counting it as zero', () => {
    expect(() => sumDecimals(['1', 'unknown'])).toThrow(/not a decimal/)
  })

  it('gives bars a length between nothing and all', () => {
    expect([shareOf('5', '10'), shareOf('-5', '10'), shareOf('50', '10'), shareOf('5', '0')]).toEqual([0.5, 0, 1, 0])
  })
})
