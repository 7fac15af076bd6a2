import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { breakerFactors } from '../../../../engine/measures/breaker/breakerFactors'
import { observeMove } from '../../../../engine/measures/breaker/observeMove'
import { shockedMove } from '../../../../engine/measures/breaker/shockedMove'
import { type BreakerState, breakerDefaults } from '../../../../engine/measures/breaker/types'
import { windowMove } from '../../../../engine/measures/breaker/windowMove'
import { propertyRuns } from '../../propertyRuns'
import { runs } from '../property'

const calm: BreakerState = { kind: 'calm' }
/** σ with which three deviations over 40 minutes are exactly 1 %. */
const volatility = 0.01 / 3 / Math.sqrt(2400 / 31_536_000)
const HOUR = 3600
const SIX_HOURS = 21_600

describe('observeMove', () => {
  it('trips beyond k deviations over the window, in both directions', () => {
    expect(observeMove(calm, { at: 0, move: 0.00999, volatility })).toEqual(calm)
    expect(observeMove(calm, { at: 0, move: -0.00999, volatility })).toEqual(calm)
    for (const move of [0.0125, -0.0125]) {
      const state = observeMove(calm, { at: 50, move, volatility })
      expect(state).toMatchObject({ kind: 'tripped', trippedAt: 50, maintenanceFrom: 1, move })
      if (state.kind === 'calm') continue
      expect(state.factor).toBeCloseTo(1.25, 12)
      expect(state.limit).toBeCloseTo(0.01, 15)
    }
  })

  it('does not trip at exactly k deviations', () => {
    const parameters = { ...breakerDefaults, latencySeconds: 31_536_000, deviations: 2 }
    expect(observeMove(calm, { at: 0, move: 0.5, volatility: 0.25 }, parameters)).toEqual(calm)
    expect(observeMove(calm, { at: 0, move: 0.5000001, volatility: 0.25 }, parameters).kind).toBe('tripped')
    expect(observeMove(calm, { at: 0, move: 0.3, volatility: 0.25 }, { ...parameters, deviations: 1 }).kind).toBe(
      'tripped',
    )
  })

  it('never multiplies by more than the largest factor', () => {
    const state = observeMove(calm, { at: 0, move: -0.5, volatility })
    expect(breakerFactors(state, 0)).toEqual({ initial: 1.5, maintenance: 1 })
    expect(observeMove(calm, { at: 0, move: -0.5, volatility }, { ...breakerDefaults, maxFactor: 1 })).toEqual(calm)
  })

  it('keeps the larger factor while it is in force, and takes over when it has decayed', () => {
    const first = observeMove(calm, { at: 0, move: 0.015, volatility })
    const smaller = { move: 0.0125, volatility }
    expect(observeMove(first, { ...smaller, at: HOUR })).toBe(first)
    const again = observeMove(first, { ...smaller, at: SIX_HOURS + 1 })
    expect(again).toMatchObject({ kind: 'tripped', trippedAt: SIX_HOURS + 1, move: 0.0125 })
    // By then maintenance had caught up, and does not fall back to 1.
    expect(breakerFactors(again, SIX_HOURS + 1).maintenance).toBeCloseTo(1.25, 4)
  })

  it('is calm again when nothing is left', () => {
    const state = observeMove(calm, { at: 0, move: 1, volatility })
    const quiet = { move: 0, volatility }
    expect(observeMove(state, { ...quiet, at: 19 * SIX_HOURS })).toBe(state)
    expect(observeMove(state, { ...quiet, at: 20 * SIX_HOURS })).toEqual(calm)
    expect(observeMove(calm, { ...quiet, at: 0 })).toEqual(calm)
  })

  it('refuses impossible inputs', () => {
    expect(() => observeMove(calm, { at: 0, move: Number.NaN, volatility })).toThrow('/move')
    expect(() => observeMove(calm, { at: 0, move: 0.1, volatility: 0 })).toThrow('/volatility')
    expect(() => observeMove(calm, { at: Number.NaN, move: 0.1, volatility })).toThrow('/at')
    const state = observeMove(calm, { at: 10, move: 0.5, volatility })
    expect(() => observeMove(state, { at: 9, move: 0.5, volatility })).toThrow('/at: give a value of at least 10')
    for (const name of ['latencySeconds', 'deviations', 'halfLifeSeconds', 'rampSeconds']) {
      expect(() => breakerFactors(calm, 0, { ...breakerDefaults, [name]: 0 })).toThrow(`/parameters/${name}`)
    }
    expect(() => breakerFactors(calm, 0, { ...breakerDefaults, maxFactor: 0.9 })).toThrow('/parameters/maxFactor')
    expect(() => breakerFactors(calm, 0, { ...breakerDefaults, maxFactor: Number.NaN })).toThrow(
      '/parameters/maxFactor',
    )
  })
})

describe('breakerFactors', () => {
  const state: BreakerState = {
    kind: 'tripped',
    trippedAt: 1000,
    factor: 1.4,
    maintenanceFrom: 1.1,
    move: -0.1,
    limit: 0.05,
  }

  it('is 1 while calm', () => {
    expect(breakerFactors(calm, 5)).toEqual({ initial: 1, maintenance: 1 })
  })

  it('halves the excess every half-life', () => {
    expect(breakerFactors(state, 1000).initial).toBe(1.4)
    expect(breakerFactors(state, 1000 + SIX_HOURS).initial).toBeCloseTo(1.2, 13)
    expect(breakerFactors(state, 1000 + 2 * SIX_HOURS).initial).toBeCloseTo(1.1, 13)
  })

  it('lets maintenance rise along the ramp, until it meets the initial factor', () => {
    expect(breakerFactors(state, 1000).maintenance).toBe(1.1)
    expect(breakerFactors(state, 1000 + HOUR / 5).maintenance).toBeCloseTo(1.2, 13)
    const later = breakerFactors(state, 1000 + HOUR)
    expect(later.maintenance).toBe(later.initial)
    expect(
      breakerFactors(state, 1000 + HOUR / 5, { ...breakerDefaults, rampSeconds: 2 * HOUR }).maintenance,
    ).toBeCloseTo(1.15, 13)
  })

  const observations = fc.array(
    fc.tuple(fc.integer({ min: 1, max: 30_000 }), fc.double({ min: -0.05, max: 0.05, noNaN: true })),
    { minLength: 1, maxLength: 30 },
  )

  it('keeps maintenance below initial, both in bounds, and maintenance from rising faster than the ramp', () => {
    fc.assert(
      fc.property(observations, (steps) => {
        let current: BreakerState = calm
        let at = 0
        let maintenance = 1
        for (const [wait, move] of steps) {
          at += wait
          const before = breakerFactors(current, at)
          current = observeMove(current, { at, move, volatility })
          const after = breakerFactors(current, at)
          expect(after.initial).toBeGreaterThanOrEqual(before.initial - 1e-6)
          expect(after.initial).toBeGreaterThanOrEqual(Math.min(1.5, Math.abs(move) / 0.01) - 1e-9)
          expect(after.initial).toBeLessThanOrEqual(1.5)
          expect(after.maintenance).toBeLessThanOrEqual(after.initial)
          expect(after.maintenance).toBeGreaterThanOrEqual(1)
          // What was observed now moves maintenance only as time passes.
          expect(Math.abs(after.maintenance - before.maintenance)).toBeLessThan(1e-6)
          expect(after.maintenance).toBeLessThanOrEqual(maintenance + (0.5 * wait) / HOUR + 1e-9)
          maintenance = after.maintenance
        }
      }),
      runs,
    )
  })

  it('gives the same state when the observations are replayed', () => {
    fc.assert(
      fc.property(observations, (steps) => {
        const replay = () =>
          steps.reduce<{ state: BreakerState; at: number }>(
            ({ state, at }, [wait, move]) => ({
              state: observeMove(state, { at: at + wait, move, volatility }),
              at: at + wait,
            }),
            { state: calm, at: 0 },
          ).state
        expect(replay()).toEqual(replay())
      }),
      { numRuns: propertyRuns(200) },
    )
  })
})

describe('windowMove', () => {
  const at = (time: number, price: number) => ({ at: time, price })

  it('compares with every price in force during the window', () => {
    expect(windowMove([at(0, 100), at(1000, 125), at(2000, 100)], 2400)).toBeCloseTo(-0.2, 15)
    expect(windowMove([at(0, 80), at(1000, 125), at(2000, 100)], 2400)).toBe(0.25)
    expect(windowMove([at(0, 100)], 2400)).toBe(0)
  })

  it('takes the price in force when the window opened, and none older', () => {
    // The window of 1000 opens at 2000: 50 was replaced before, 80 was in force.
    expect(windowMove([at(0, 50), at(1500, 80), at(2500, 90), at(3000, 100)], 1000)).toBe(0.25)
    // Replaced exactly when it opened: no longer in force.
    expect(windowMove([at(1500, 50), at(2000, 80), at(3000, 100)], 1000)).toBe(0.25)
    expect(windowMove([at(1999, 50), at(2001, 80), at(3000, 100)], 1000)).toBe(1)
    expect(windowMove([at(2000, 50), at(3000, 100)], 1000)).toBe(1)
  })

  it('prefers the older of two equally large moves', () => {
    expect(windowMove([at(0, 200), at(1, 200 / 3), at(2, 100)], 10)).toBe(-0.5)
    expect(windowMove([at(0, 200 / 3), at(1, 200), at(2, 100)], 10)).toBeCloseTo(0.5, 14)
  })

  it('stays finite', () => {
    expect(windowMove([at(0, 1e-300), at(1, 1e300)], 10)).toBe(1e300)
  })

  it('refuses impossible inputs', () => {
    expect(() => windowMove([], 10)).toThrow('/observations')
    expect(() => windowMove([at(0, 0)], 10)).toThrow('/observations/0/price: give a value above 0')
    expect(() => windowMove([at(0, 1), at(Number.NaN, 1)], 10)).toThrow('/observations/1/at')
    expect(() => windowMove([at(1, 1), at(0, 1)], 10)).toThrow('/observations/1/at: give a value of at least 1')
    expect(() => windowMove([at(0, 1)], 0)).toThrow('/latencySeconds')
  })
})

describe('shockedMove', () => {
  it('multiplies the shock and not the loss, and stops at everything', () => {
    expect(shockedMove(-0.2, 1.5)).toBeCloseTo(-0.3, 15)
    expect(shockedMove(0.2, 1.5)).toBeCloseTo(0.3, 15)
    expect(shockedMove(-0.66, 1.5)).toBeCloseTo(-0.99, 14)
    expect(shockedMove(-0.8, 1.5)).toBe(-1)
    expect(shockedMove(4, 1.5)).toBe(6)
    expect(shockedMove(-0.3, 1)).toBe(-0.3)
  })

  it('refuses impossible inputs', () => {
    expect(() => shockedMove(Number.NaN, 1)).toThrow('/move')
    expect(() => shockedMove(0.1, 0.99)).toThrow('/factor: give a value of at least 1')
    expect(() => shockedMove(0.1, Number.POSITIVE_INFINITY)).toThrow('/factor')
    expect(() => shockedMove(1e200, 1e200)).toThrow('/move')
  })
})
