import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inverseGreeks } from '../../../engine/pricing/inverseGreeks'
import { inversePnl } from '../../../engine/pricing/inversePnl'
import { linearGreeks } from '../../../engine/pricing/linearGreeks'
import { linearPnl } from '../../../engine/pricing/linearPnl'
import { propertyRuns } from '../propertyRuns'

const runs = { numRuns: propertyRuns(1500), seed: 3 }
const price = fc.double({ min: 1e-3, max: 1e6, noNaN: true })
const quantity = fc.double({ min: -1e9, max: 1e9, noNaN: true })
const near = (a: number, b: number, scale: number) => Math.abs(a - b) <= 1e-12 * Math.max(1, scale)

describe('linear contracts', () => {
  it('gain with the price when long and lose when short', () => {
    expect(linearPnl(2, 100, 110)).toBe(20)
    expect(linearPnl(-2, 100, 110)).toBe(-20)
    expect(linearPnl(2, 100, 90)).toBe(-20)
    expect(linearPnl(2, 100, 0)).toBe(-200)
  })

  it('have the quantity as their delta', () => {
    fc.assert(
      fc.property(quantity, price, price, (q, entry, p) => {
        const slope = (linearPnl(q, entry, p + 1) - linearPnl(q, entry, p - 1)) / 2
        return near(slope, linearGreeks(q).delta, Math.abs(q) * (entry + p))
      }),
      runs,
    )
    expect(linearGreeks(-4)).toEqual({ delta: -4, gamma: 0, vega: 0, theta: 0 })
  })
})

describe('inverse contracts', () => {
  it('pay in coins, converted at the settlement price', () => {
    // 10,000 USD long at 100, now 125: 10,000·(1/100 − 1/125) = 20 coins.
    expect(inversePnl(10_000, 100, 125, 125)).toBeCloseTo(20 * 125, 9)
    expect(inversePnl(10_000, 100, 125, 124)).toBeCloseTo(20 * 124, 9)
    expect(inversePnl(-10_000, 100, 125, 125)).toBeCloseTo(-20 * 125, 9)
    expect(inversePnl(10_000, 100, 80, 80)).toBeCloseTo(-25 * 80, 9)
    expect(inversePnl(10_000, 100, 100, 100)).toBe(0)
  })

  it('lose no more than the notional as the coin becomes worthless', () => {
    expect(inversePnl(10_000, 100, 0, 0)).toBe(-10_000)
    expect(inversePnl(-10_000, 100, 0, 0)).toBe(10_000)
    fc.assert(
      fc.property(
        quantity,
        price,
        price,
        (q, entry, p) => Math.abs(q) * (p / entry) >= inversePnl(q, entry, p, p) * Math.sign(q),
      ),
      runs,
    )
  })

  it('make a short plus its coins worth the same in USD at every price', () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 1e6, noNaN: true }), price, price, (notional, entry, p) => {
        const coins = notional / entry
        return near(coins * p + inversePnl(-notional, entry, p, p), notional, coins * p + notional)
      }),
      runs,
    )
  })

  it('have notional ÷ entry as their delta', () => {
    fc.assert(
      fc.property(quantity, price, price, (q, entry, p) => {
        const slope = (inversePnl(q, entry, p * 1.5, p * 1.5) - inversePnl(q, entry, p * 0.5, p * 0.5)) / p
        const { delta } = inverseGreeks(q, entry)
        return near(slope, delta, Math.abs(delta) + Math.abs(q) / p)
      }),
      runs,
    )
    expect(inverseGreeks(-500, 100)).toEqual({ delta: -5, gamma: 0, vega: 0, theta: 0 })
  })
})
