import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { unitsDown, unitsUp } from '../../../../src/api/wire/rounding'

const finite = fc.double({ min: -1e18, max: 1e18, noNaN: true })

describe('rounding figures', () => {
  it('rounds against the account', () => {
    expect(unitsDown(1.234567899, 8)).toBe(123456789n)
    expect(unitsUp(1.234567891, 8)).toBe(123456790n)
    expect(unitsDown(-1.234567891, 8)).toBe(-123456790n)
    expect(unitsUp(-1.234567899, 8)).toBe(-123456789n)
    expect(unitsUp(1e-300, 8)).toBe(1n)
    expect(unitsDown(5e-324, 8)).toBe(0n)
    expect(unitsDown(-0, 8)).toBe(0n)
  })

  it('takes float noise for what it is', () => {
    expect(unitsUp(0.1 + 0.2, 8)).toBe(30000000n)
    expect(unitsDown(74_100 * (1 - Number.EPSILON), 8)).toBe(7_410_000_000_000n)
  })

  it('refuses what is not a number', () => {
    expect(() => unitsDown(Number.NaN, 8)).toThrow(RangeError)
    expect(() => unitsUp(Number.POSITIVE_INFINITY, 8)).toThrow(RangeError)
  })

  it('stays within one unit, below and above, for every float', () => {
    fc.assert(
      fc.property(finite, (x) => {
        const down = unitsDown(x, 8)
        const up = unitsUp(x, 8)
        expect(up - down).toBeGreaterThanOrEqual(0n)
        expect(up - down).toBeLessThanOrEqual(1n)
        const slack = Math.abs(x) * 1e8 * 2 ** -48 + 1e-9
        expect(Number(down)).toBeLessThanOrEqual(x * 1e8 + slack)
        expect(Number(up)).toBeGreaterThanOrEqual(x * 1e8 - slack)
      }),
    )
  })

  it('keeps order', () => {
    fc.assert(
      fc.property(finite, finite, (a, b) => {
        if (a < b * (1 - 1e-12) && b > 0) expect(unitsDown(a, 8)).toBeLessThanOrEqual(unitsDown(b, 8))
      }),
    )
  })
})
