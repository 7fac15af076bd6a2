import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isoTime, ratio, usd } from '../../../../src/api/wire/format'

describe('format', () => {
  it('prints ratios without the noise of a float', () => {
    expect(ratio(0.69)).toBe('0.690000000000000000')
    expect(ratio(-0.1 - 0.2)).toBe('-0.300000000000000000')
    expect(ratio(0)).toBe('0.000000000000000000')
    expect(ratio(1e-20)).toBe('0.000000000000000000')
    expect(ratio(1e22)).toBe(`1${'0'.repeat(22)}.${'0'.repeat(18)}`)
    expect(ratio(1 / 3)).toBe('0.333333333333333000')
  })

  it('keeps fifteen digits of every ratio', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), (x) => {
        expect(Math.abs(Number(ratio(x)) - x)).toBeLessThanOrEqual(Math.abs(x) * 1e-14 + 1e-18)
      }),
    )
  })

  it('prints dollars and times in one length', () => {
    expect(usd(-5n)).toBe('-0.00000005')
    expect(usd(123_456_789_012n)).toBe('1234.56789012')
    expect(isoTime(1_700_000_000)).toBe('2023-11-14T22:13:20Z')
  })
})
