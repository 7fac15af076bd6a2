import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { black76 } from '../../../engine/pricing/black76'
import { discountFactor } from '../../../engine/pricing/discountFactor'
import { inverseOptionValue } from '../../../engine/pricing/inverseOptionValue'
import { optionPnl } from '../../../engine/pricing/optionPnl'
import { optionValue } from '../../../engine/pricing/optionValue'
import { propertyRuns } from '../propertyRuns'

const published = JSON.parse(readFileSync(new URL('../../vectors/black76.json', import.meta.url), 'utf8')) as {
  forward: number
  timeToExpiry: number
  cases: { strike: number; vol: number; call: number }[]
}

const runs = { numRuns: propertyRuns(2000), seed: 11 }
const amount = fc.double({ min: 1e-6, max: 1e9, noNaN: true })
const anyFinite = fc.double({ noNaN: true, noDefaultInfinity: true })
const moneyness = fc.double({ min: 0.05, max: 20, noNaN: true })
const vol = fc.double({ min: 1e-4, max: 6, noNaN: true })
const time = fc.double({ min: 1e-6, max: 10, noNaN: true })

describe('published Black-76 values', () => {
  it.each(published.cases)('strike $strike, vol $vol', ({ strike, vol: sigma, call }) => {
    const value = black76(true, published.forward, strike, sigma, published.timeToExpiry)
    expect(Math.abs(value - call) / Math.max(1, call)).toBeLessThanOrEqual(1e-12)
  })

  it('tends to the forward at a huge volatility and to the intrinsic at none', () => {
    const { forward, timeToExpiry } = published
    for (const strike of [85, 104, 250]) {
      expect(black76(true, forward, strike, 8, timeToExpiry)).toBeCloseTo(forward, 12)
      expect(black76(true, forward, strike, 0, timeToExpiry)).toBe(Math.max(0, forward - strike))
      expect(black76(false, forward, strike, 0, timeToExpiry)).toBe(Math.max(0, strike - forward))
    }
    for (const strike of [85, 250]) {
      expect(black76(true, forward, strike, 0.4, 1e-5)).toBeCloseTo(Math.max(0, forward - strike), 12)
    }
  })
})

describe('black76', () => {
  it('satisfies put-call parity', () => {
    fc.assert(
      fc.property(amount, moneyness, vol, time, (forward, ratio, sigma, t) => {
        const strike = forward * ratio
        const gap = black76(true, forward, strike, sigma, t) - black76(false, forward, strike, sigma, t)
        return Math.abs(gap - (forward - strike)) <= 1e-15 * Math.max(forward, strike)
      }),
      runs,
    )
  })

  it('stays within its no-arbitrage bounds and is finite for all finite input', () => {
    fc.assert(
      fc.property(fc.boolean(), anyFinite, anyFinite, anyFinite, anyFinite, (isCall, forward, strike, sigma, t) => {
        const value = black76(isCall, forward, strike, sigma, t)
        if (Math.abs(forward) > 8e307 || Math.abs(strike) > 8e307) return !Number.isNaN(value)
        return Number.isFinite(value) && value >= Math.max(0, isCall ? forward - strike : strike - forward)
      }),
      runs,
    )
    fc.assert(
      fc.property(amount, moneyness, vol, time, (forward, ratio, sigma, t) => {
        const call = black76(true, forward, forward * ratio, sigma, t)
        const put = black76(false, forward, forward * ratio, sigma, t)
        return call <= forward * (1 + 1e-15) && put <= forward * ratio * (1 + 1e-15)
      }),
      runs,
    )
  })

  it('rises with volatility and time, and for a call falls with the strike', () => {
    fc.assert(
      fc.property(
        amount,
        moneyness,
        vol,
        time,
        fc.double({ min: 1, max: 2, noNaN: true }),
        (forward, ratio, sigma, t, up) => {
          const strike = forward * ratio
          const value = black76(true, forward, strike, sigma, t)
          const slack = 4e-16 * Math.max(forward, strike)
          return (
            black76(true, forward, strike, sigma * up, t) >= value - slack &&
            black76(true, forward, strike, sigma, t * up) >= value - slack &&
            black76(true, forward, strike * up, sigma, t) <= value + slack
          )
        },
      ),
      runs,
    )
  })

  it('scales with the unit of account and mirrors calls into puts', () => {
    fc.assert(
      fc.property(moneyness, vol, time, (ratio, sigma, t) => {
        const call = black76(true, 100, 100 * ratio, sigma, t)
        const mirrored = black76(false, 100 * ratio, 100, sigma, t)
        return (
          black76(true, 400, 400 * ratio, sigma, t) === 4 * call &&
          Math.abs(call - mirrored) <= 1e-15 * Math.max(100, 100 * ratio)
        )
      }),
      runs,
    )
  })

  it('is the intrinsic value without time, volatility, forward or strike', () => {
    expect(black76(true, 120, 100, 0.5, 0)).toBe(20)
    expect(black76(true, 120, 100, 0.5, -1)).toBe(20)
    expect(black76(false, 80, 100, 0.5, 0)).toBe(20)
    expect(black76(true, 80, 100, 0.5, 0)).toBe(0)
    expect(black76(true, 120, 100, -0.5, 1)).toBe(20)
    expect(black76(true, 120, 0, 0.5, 1)).toBe(120)
    expect(black76(false, 120, 0, 0.5, 1)).toBe(0)
    expect(black76(true, 0, 100, 0.5, 1)).toBe(0)
    expect(black76(false, 0, 100, 0.5, 1)).toBe(100)
    expect(black76(true, 100, 100, 1e-200, 1e-320)).toBe(0)
  })

  it('survives volatilities and moneyness that overflow', () => {
    expect(black76(true, 100, 100, 1e308, 1e308)).toBe(100)
    expect(black76(false, 100, 70, 1e308, 1e10)).toBe(70)
    expect(black76(true, 1e300, 1e-300, 0.5, 1)).toBe(1e300)
    expect(black76(true, 1e-300, 1e300, 0.5, 1)).toBe(0)
    expect(black76(false, 1e-300, 1e300, 60, 1)).toBeGreaterThan(9e299)
  })
})

describe('optionValue', () => {
  it('discounts before expiry only', () => {
    const discount = discountFactor(0.05, 2)
    expect(discount).toBeCloseTo(Math.exp(-0.1), 15)
    expect(optionValue(true, 110, 100, 0.3, 2, discount)).toBe(discount * black76(true, 110, 100, 0.3, 2))
    expect(optionValue(true, 110, 100, 0.3, 0, 0.5)).toBe(10)
    expect(optionValue(false, 90, 100, 0.3, -1, 0.5)).toBe(10)
    expect(discountFactor(0.05, 0)).toBe(1)
    expect(discountFactor(0.05, -3)).toBe(1)
    expect(discountFactor(0, 3)).toBe(1)
  })

  it('has its premium in coins when inverse', () => {
    const value = optionValue(true, 50_000, 48_000, 0.6, 0.1, 1)
    expect(inverseOptionValue(value, 49_900)! * 49_900).toBeCloseTo(value, 9)
    expect(inverseOptionValue(value, 0)).toBeNull()
    expect(inverseOptionValue(value, -1)).toBeNull()
  })

  it('settles an inverse option at what a linear one pays', () => {
    const settlement = 50_000
    const coins = inverseOptionValue(optionValue(true, settlement, 40_000, 0.5, 0, 1), settlement)!
    expect(coins).toBeCloseTo(1 - 40_000 / settlement, 15)
  })
})

describe('optionPnl', () => {
  it('has the premium in USD when linear and in coins when inverse', () => {
    expect(optionPnl(3, 100, 150, false, 2000)).toBe(150)
    expect(optionPnl(-3, 100, 150, false, 2000)).toBe(-150)
    expect(optionPnl(2, 0.05, 150, true, 2000)).toBe(100)
    expect(optionPnl(-2, 0.05, 150, true, 2000)).toBe(-100)
    expect(optionPnl(2, 0.05, 150, true, 4000)).toBe(-100)
  })
})
