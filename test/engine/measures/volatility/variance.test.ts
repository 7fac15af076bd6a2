import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { antiProcyclicalVariance } from '../../../../engine/measures/volatility/antiProcyclicalVariance'
import { backcastVariance } from '../../../../engine/measures/volatility/backcastVariance'
import { ewmaVariance } from '../../../../engine/measures/volatility/ewmaVariance'
import { flooredVariance } from '../../../../engine/measures/volatility/flooredVariance'
import { stressVariance } from '../../../../engine/measures/volatility/stressVariance'
import { gap, runs } from '../property'

const series = fc.array(
  fc.oneof(
    fc.double({ min: -1, max: 1, noNaN: true }).map((r) => Math.round(r * 1e12) / 1e12),
    fc.constant(0),
  ),
  {
    minLength: 1,
    maxLength: 120,
  },
)
const variances = fc.double({ min: 0, max: 1e3, noNaN: true })

describe('backcastVariance', () => {
  it('weighs the earliest returns most', () => {
    expect(backcastVariance([3])).toBe(9)
    expect(backcastVariance([1, 2], 0.5)).toBe((1 + 0.5 * 4) / 1.5)
    expect(backcastVariance([1, 2])).toBe((1 + 0.94 * 4) / 1.94)
  })

  it('reads 75 returns and no more', () => {
    const calm = new Array<number>(74).fill(1)
    expect(backcastVariance([...calm, 2])).toBeGreaterThan(1.001)
    expect(gap(backcastVariance([...calm, 1, 100]), 1)).toBeLessThan(1e-14)
  })

  it('refuses impossible inputs', () => {
    expect(() => backcastVariance([])).toThrow('/returns: give at least 1 observations; there are 0')
    expect(() => backcastVariance([0, Number.NaN])).toThrow('/returns/1')
    expect(() => backcastVariance([1], 0)).toThrow('/decay')
  })
})

describe('ewmaVariance', () => {
  it('starts as told and forgets by lambda', () => {
    expect(Array.from(ewmaVariance([1, 2], { lambda: 0.75, initial: 4 }))).toEqual([4, 3.25, 3.4375])
    expect(Array.from(ewmaVariance([1, 2], { lambda: 0.75, initial: 0 }))).toEqual([0, 0.25, 1.1875])
    expect(ewmaVariance([1, 2], { lambda: 0.75 })[0]).toBe(backcastVariance([1, 2]))
  })

  it('lies between the smallest and the largest square seen', () => {
    fc.assert(
      fc.property(series, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (returns, lambda) => {
        const squares = returns.map((r) => r * r)
        const variance = ewmaVariance(returns, { lambda })
        expect(variance).toHaveLength(returns.length + 1)
        expect(Math.min(...variance)).toBeGreaterThanOrEqual(Math.min(...squares) * (1 - 1e-12))
        expect(Math.max(...variance)).toBeLessThanOrEqual(Math.max(...squares) * (1 + 1e-12))
      }),
      runs,
    )
  })

  it('does not see signs, and scales with the square', () => {
    fc.assert(
      fc.property(series, (returns) => {
        const variance = ewmaVariance(returns, { lambda: 0.94 })
        expect(
          ewmaVariance(
            returns.map((r) => -r),
            { lambda: 0.94 },
          ),
        ).toEqual(variance)
        expect(
          ewmaVariance(
            returns.map((r) => 4 * r),
            { lambda: 0.94 },
          ),
        ).toEqual(variance.map((v) => 16 * v))
      }),
      runs,
    )
  })

  it('refuses impossible inputs', () => {
    expect(() => ewmaVariance([], { lambda: 0.94 })).toThrow('/returns')
    expect(() => ewmaVariance([Number.NEGATIVE_INFINITY], { lambda: 0.94 })).toThrow('/returns/0: give a finite number')
    expect(() => ewmaVariance([0, -1.1e75], { lambda: 0.94 })).toThrow(
      '/returns/1: give a value of at most 1e+75 in size',
    )
    expect(() => ewmaVariance([1], { lambda: 0 })).toThrow('/lambda')
    expect(() => ewmaVariance([1], { lambda: 1 })).toThrow('/lambda')
    expect(() => ewmaVariance([1], { lambda: 0.94, initial: -1 })).toThrow('/initial')
    expect(() => ewmaVariance([1], { lambda: 0.94, initial: Number.NaN })).toThrow('/initial')
  })
})

describe('antiProcyclicalVariance', () => {
  it('is the largest of fast, slow and the blend with stress', () => {
    expect(antiProcyclicalVariance({ fast: 5, slow: 2, stress: 4 })).toBe(5)
    expect(antiProcyclicalVariance({ fast: 1, slow: 6, stress: 4 })).toBe(6)
    expect(antiProcyclicalVariance({ fast: 1, slow: 2, stress: 10 })).toBe(4)
    expect(antiProcyclicalVariance({ fast: 1, slow: 2, stress: 10 }, 0.5)).toBe(6)
    expect(antiProcyclicalVariance({ fast: 1, slow: 2, stress: 10 }, 0)).toBe(2)
    expect(antiProcyclicalVariance({ fast: 1, slow: 2, stress: 10 }, 1)).toBe(10)
  })

  it('never falls below any floor', () => {
    fc.assert(
      fc.property(variances, variances, variances, (fast, slow, stress) => {
        const variance = antiProcyclicalVariance({ fast, slow, stress })
        expect(variance).toBeGreaterThanOrEqual(fast)
        expect(variance).toBeGreaterThanOrEqual(slow)
        expect(variance).toBeGreaterThanOrEqual(0.75 * slow + 0.25 * stress)
        expect(variance).toBeLessThanOrEqual(Math.max(fast, slow, stress) * (1 + 1e-12))
      }),
      runs,
    )
  })

  it('refuses impossible inputs', () => {
    const parts = { fast: 1, slow: 1, stress: 1 }
    for (const name of ['fast', 'slow', 'stress']) {
      expect(() => antiProcyclicalVariance({ ...parts, [name]: -1 })).toThrow(`/${name}`)
      expect(antiProcyclicalVariance({ ...parts, [name]: 0 })).toBe(1)
    }
    expect(() => antiProcyclicalVariance(parts, 1.1)).toThrow('/stressShare: give a value from 0 to 1')
    expect(() => antiProcyclicalVariance(parts, -0.1)).toThrow('/stressShare')
    expect(() => antiProcyclicalVariance(parts, Number.NaN)).toThrow('/stressShare')
  })
})

describe('stressVariance', () => {
  it('is the worst stretch of that length', () => {
    expect(stressVariance([1, 2, 3, 0], 2)).toBe((4 + 9) / 2)
    expect(stressVariance([0, 0, 3, 4], 2)).toBe((9 + 16) / 2)
    expect(stressVariance([3, 4, 0, 0], 2)).toBe((9 + 16) / 2)
    expect(stressVariance([1, 2], 30)).toBe(2.5)
    expect(stressVariance([1, -2], 1)).toBe(4)
  })

  it('refuses impossible inputs', () => {
    expect(() => stressVariance([], 30)).toThrow('/returns')
    expect(() => stressVariance([1], 0)).toThrow('/window')
    expect(() => stressVariance([1], 1.5)).toThrow('/window')
  })
})

describe('flooredVariance', () => {
  it('keeps part of a crash in the figure long after it', () => {
    const crash = [...new Array<number>(30).fill(0.1), ...new Array<number>(400).fill(0.01)]
    const { fast, slow, stress, variance } = flooredVariance(crash)
    expect(gap(fast, 1e-4)).toBeLessThan(1e-4)
    expect(gap(stress, 0.01)).toBeLessThan(1e-12)
    expect(variance).toBeCloseTo(0.75 * slow + 0.25 * 0.01, 12)
  })

  it('uses the parameters it is given', () => {
    const returns = [0.1, 0.02, -0.05, 0.01]
    const parameters = { fastLambda: 0.5, slowLambda: 0.9, stressShare: 0.4, stressWindow: 2 }
    const figures = flooredVariance(returns, parameters)
    expect(figures.fast).toBe(ewmaVariance(returns, { lambda: 0.5 })[4])
    expect(figures.slow).toBe(ewmaVariance(returns, { lambda: 0.9 })[4])
    expect(figures.stress).toBe(stressVariance(returns, 2))
    expect(figures.variance).toBe(antiProcyclicalVariance(figures, 0.4))
    expect(flooredVariance(returns).fast).toBe(ewmaVariance(returns, { lambda: 0.94 })[4])
    expect(flooredVariance(returns).slow).toBe(ewmaVariance(returns, { lambda: 0.97 })[4])
    expect(flooredVariance(returns).stress).toBe(stressVariance(returns, 30))
  })

  it('is 0 for a price that never moved, and refuses an empty series', () => {
    expect(flooredVariance([0, 0, 0]).variance).toBe(0)
    expect(() => flooredVariance([])).toThrow('/returns')
  })
})
