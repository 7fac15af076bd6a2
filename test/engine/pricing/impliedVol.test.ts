import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { black76 } from '../../../engine/pricing/black76'
import { impliedVol } from '../../../engine/pricing/impliedVol'
import { propertyRuns } from '../propertyRuns'

const runs = { numRuns: propertyRuns(2000), seed: 9 }
const volOf = (premium: number, isCall: boolean, forward: number, strike: number, t: number) => {
  const result = impliedVol(isCall, premium, forward, strike, t)
  return result.kind === 'vol' ? result.vol : Number.NaN
}

describe('impliedVol', () => {
  it('reproduces the premium of every option that has time value', () => {
    fc.assert(
      fc.property(
        fc.boolean(),
        fc.double({ min: 0.02, max: 50, noNaN: true }),
        fc.double({ min: 1e-3, max: 8, noNaN: true }),
        fc.double({ min: 1e-4, max: 10, noNaN: true }),
        (isCall, ratio, sigma, t) => {
          const strike = 100 * ratio
          const premium = black76(isCall, 100, strike, sigma, t)
          const result = impliedVol(isCall, premium, 100, strike, t)
          const intrinsic = Math.max(0, isCall ? 100 - strike : strike - 100)
          if (premium === intrinsic) return result.kind === 'none' && result.reason === 'NO_TIME_VALUE'
          if (premium - intrinsic >= Math.min(100, strike)) return result.kind === 'none'
          if (result.kind !== 'vol') return false
          const again = black76(isCall, 100, strike, result.vol, t)
          return Math.abs(again - premium) <= 2e-13 * Math.max(100, strike)
        },
      ),
      runs,
    )
  })

  it('finds the volatility itself wherever the price tells volatilities apart', () => {
    fc.assert(
      fc.property(
        fc.boolean(),
        fc.double({ min: 0.7, max: 1.4, noNaN: true }),
        fc.double({ min: 0.2, max: 2, noNaN: true }),
        fc.double({ min: 0.1, max: 2, noNaN: true }),
        (isCall, ratio, sigma, t) => {
          const premium = black76(isCall, 100, 100 * ratio, sigma, t)
          return Math.abs(volOf(premium, isCall, 100, 100 * ratio, t) / sigma - 1) <= 1e-7
        },
      ),
      runs,
    )
  })

  it('keeps its digits far out of the money', () => {
    const premium = black76(true, 100, 400, 0.2, 0.5)
    expect(premium).toBeLessThan(1e-20)
    expect(volOf(premium, true, 100, 400, 0.5)).toBeCloseTo(0.2, 12)
    const tiny = black76(false, 100, 20, 0.15, 0.1)
    expect(tiny).toBeLessThan(1e-100)
    expect(volOf(tiny, false, 100, 20, 0.1)).toBeCloseTo(0.15, 12)
  })

  it('finds very small and very large volatilities', () => {
    expect(volOf(black76(true, 100, 100, 1e-8, 1), true, 100, 100, 1) / 1e-8).toBeCloseTo(1, 6)
    expect(volOf(black76(true, 100, 100, 10, 1), true, 100, 100, 1)).toBeCloseTo(10, 6)
    expect(volOf(black76(true, 1e-3, 1e3, 3, 1), true, 1e-3, 1e3, 1)).toBeCloseTo(3, 9)
  })

  it('says why there is none', () => {
    const reason = (...args: Parameters<typeof impliedVol>) => {
      const result = impliedVol(...args)
      return result.kind === 'none' ? result.reason : 'found'
    }
    expect(reason(true, 19, 120, 100, 1)).toBe('BELOW_INTRINSIC')
    expect(reason(false, 19, 80, 100, 1)).toBe('BELOW_INTRINSIC')
    expect(reason(true, -1, 80, 100, 1)).toBe('BELOW_INTRINSIC')
    expect(reason(true, 20, 120, 100, 1)).toBe('NO_TIME_VALUE')
    expect(reason(true, 0, 80, 100, 1)).toBe('NO_TIME_VALUE')
    expect(reason(true, 120, 120, 100, 1)).toBe('ABOVE_BOUND')
    expect(reason(false, 100, 120, 100, 1)).toBe('ABOVE_BOUND')
    expect(reason(true, 5, 120, 130, 0)).toBe('NO_OPTIONALITY')
    expect(reason(true, 5, 120, 130, -1)).toBe('NO_OPTIONALITY')
    expect(reason(true, 5, 0, 130, 1)).toBe('NO_OPTIONALITY')
    expect(reason(true, 5, 120, 0, 1)).toBe('NO_OPTIONALITY')
    expect(reason(true, Number.NaN, 120, 130, 1)).toBe('NOT_FINITE')
    expect(reason(true, 5, Number.POSITIVE_INFINITY, 130, 1)).toBe('NOT_FINITE')
    expect(reason(true, 5, 120, Number.NaN, 1)).toBe('NOT_FINITE')
    expect(reason(true, 5, 120, 130, Number.POSITIVE_INFINITY)).toBe('NOT_FINITE')
    expect(reason(true, 19.9, 120, 130, 1)).toBe('found')
    expect(reason(true, 119.9, 120, 100, 1)).toBe('found')
  })
})
