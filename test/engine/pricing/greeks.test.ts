import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { discountFactor } from '../../../engine/pricing/discountFactor'
import { optionGreeks } from '../../../engine/pricing/optionGreeks'
import { optionValue } from '../../../engine/pricing/optionValue'
import type { OptionState } from '../../../engine/pricing/types'
import { propertyRuns } from '../propertyRuns'

const runs = { numRuns: propertyRuns(1500), seed: 5 }
const state = fc.record({
  isCall: fc.boolean(),
  forward: fc.double({ min: 50, max: 200, noNaN: true }),
  strike: fc.double({ min: 50, max: 200, noNaN: true }),
  vol: fc.double({ min: 0.1, max: 2, noNaN: true }),
  timeToExpiry: fc.double({ min: 0.02, max: 3, noNaN: true }),
  rate: fc.double({ min: 0, max: 0.2, noNaN: true }),
  spot: fc.double({ min: 50, max: 200, noNaN: true }),
})

function value(o: OptionState): number {
  return optionValue(o.isCall, o.forward, o.strike, o.vol, o.timeToExpiry, discountFactor(o.rate, o.timeToExpiry))
}

/** The state with spot moved by `step` and the forward in proportion. */
function moved(o: OptionState, step: number): OptionState {
  return { ...o, spot: o.spot + step, forward: (o.forward * (o.spot + step)) / o.spot }
}

describe('optionGreeks against central differences', () => {
  it('delta', () => {
    fc.assert(
      fc.property(state, (o) => {
        const h = 1e-4 * o.spot
        const slope = (value(moved(o, h)) - value(moved(o, -h))) / (2 * h)
        return Math.abs(slope - optionGreeks(o).delta) <= 2e-6 * (o.forward / o.spot)
      }),
      runs,
    )
  })

  it('gamma', () => {
    fc.assert(
      fc.property(state, (o) => {
        const h = 1e-4 * o.spot
        const slope = (optionGreeks(moved(o, h)).delta - optionGreeks(moved(o, -h)).delta) / (2 * h)
        // The delta of a moved state refers to the moved spot; carry F/S is unchanged by construction.
        return Math.abs(slope - optionGreeks(o).gamma) <= 1e-5 * (1 + optionGreeks(o).gamma)
      }),
      runs,
    )
  })

  it('vega', () => {
    fc.assert(
      fc.property(state, (o) => {
        const h = 1e-4
        const slope = (value({ ...o, vol: o.vol + h }) - value({ ...o, vol: o.vol - h })) / (2 * h)
        return Math.abs(slope - optionGreeks(o).vega) <= 2e-5 * o.forward
      }),
      runs,
    )
  })

  it('theta', () => {
    fc.assert(
      fc.property(state, (o) => {
        const h = 1e-4 * o.timeToExpiry
        const later = value({ ...o, timeToExpiry: o.timeToExpiry - h })
        const earlier = value({ ...o, timeToExpiry: o.timeToExpiry + h })
        const perDay = (later - earlier) / (2 * h) / 365
        return Math.abs(perDay - optionGreeks(o).theta) <= 1e-6 * (o.forward / 365 / Math.sqrt(o.timeToExpiry) + 1e-3)
      }),
      runs,
    )
  })
})

describe('optionGreeks', () => {
  it('differ between call and put by the discounted forward only', () => {
    fc.assert(
      fc.property(state, (o) => {
        const call = optionGreeks({ ...o, isCall: true })
        const put = optionGreeks({ ...o, isCall: false })
        const carry = (discountFactor(o.rate, o.timeToExpiry) * o.forward) / o.spot
        return (
          Math.abs(call.delta - put.delta - carry) <= 1e-14 * carry &&
          call.gamma === put.gamma &&
          call.vega === put.vega
        )
      }),
      runs,
    )
  })

  const flat: OptionState = { isCall: true, forward: 110, strike: 100, vol: 0, timeToExpiry: 1, rate: 0.1, spot: 100 }

  it('are those of the intrinsic value without volatility', () => {
    const discount = discountFactor(0.1, 1)
    expect(optionGreeks(flat)).toEqual({
      delta: discount * 1.1,
      gamma: 0,
      vega: 0,
      theta: (0.1 * (discount * 10)) / 365,
    })
    expect(optionGreeks({ ...flat, isCall: false })).toEqual({ delta: -0, gamma: 0, vega: 0, theta: 0 })
    expect(optionGreeks({ ...flat, isCall: false, forward: 90 }).delta).toBe(-discount * 0.9)
    expect(optionGreeks({ ...flat, forward: 90 }).delta).toBe(0)
    expect(optionGreeks({ ...flat, strike: 110 }).delta).toBe(0.5 * discount * 1.1)
    expect(optionGreeks({ ...flat, isCall: false, strike: 110 }).delta).toBe(-0.5 * discount * 1.1)
  })

  it('are undiscounted and without decay once expired', () => {
    expect(optionGreeks({ ...flat, vol: 0.5, timeToExpiry: 0 })).toEqual({ delta: 1.1, gamma: 0, vega: 0, theta: 0 })
    expect(optionGreeks({ ...flat, vol: 0.5, timeToExpiry: -2 })).toEqual({ delta: 1.1, gamma: 0, vega: 0, theta: 0 })
  })

  it('are the forward itself at strike 0 and nothing at forward 0', () => {
    expect(optionGreeks({ ...flat, vol: 0.5, strike: 0, rate: 0 })).toEqual({ delta: 1.1, gamma: 0, vega: 0, theta: 0 })
    const none = optionGreeks({ ...flat, vol: 0.5, forward: 0 })
    expect(Object.values(none).every((greek) => Math.abs(greek) === 0)).toBe(true)
  })

  it('refer to the forward when there is no spot', () => {
    const inForward = optionGreeks({ ...flat, vol: 0.5, spot: 110 })
    expect(optionGreeks({ ...flat, vol: 0.5, spot: 0 })).toEqual(inForward)
  })

  it('are finite for all finite input', () => {
    const extreme = fc.double({ noNaN: true, noDefaultInfinity: true })
    const positive = fc.double({ min: 0, noNaN: true, noDefaultInfinity: true })
    fc.assert(
      fc.property(
        fc.record({
          isCall: fc.boolean(),
          forward: positive,
          strike: positive,
          vol: positive,
          timeToExpiry: extreme,
          rate: positive,
          spot: positive,
        }),
        (o) => Object.values(optionGreeks(o)).every(Number.isFinite),
      ),
      { numRuns: propertyRuns(5000), seed: 5 },
    )
  })
})
