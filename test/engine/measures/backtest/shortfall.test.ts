import { describe, expect, it } from 'vitest'
import { acerbiSzekely } from '../../../../engine/measures/backtest/acerbiSzekely'

const flat = (length: number, value: number) => new Array<number>(length).fill(value)

describe('acerbiSzekely', () => {
  it('is 0 when exceptions come as often and as deep as promised', () => {
    const pnl = [-2, ...flat(39, 1)]
    const { statistic, critical, rejected } = acerbiSzekely({
      pnl,
      valueAtRisk: flat(40, 1),
      expectedShortfall: flat(40, 2),
    })
    expect(statistic).toBeCloseTo(0, 14)
    expect(critical).toBeCloseTo(-0.7 * 2.5, 14)
    expect(rejected).toBe(false)
  })

  it('falls with the number and with the depth of exceptions', () => {
    const valueAtRisk = flat(250, 1)
    const expectedShortfall = flat(250, 2)
    const twice = acerbiSzekely({ pnl: [...flat(13, -2), ...flat(237, 0)], valueAtRisk, expectedShortfall })
    expect(twice.statistic).toBeCloseTo(1 - 13 / 6.25, 12)
    expect(twice).toMatchObject({ critical: -0.7, rejected: true })
    const deep = acerbiSzekely({ pnl: [...flat(6, -4), ...flat(244, 0)], valueAtRisk, expectedShortfall })
    expect(deep.statistic).toBeCloseTo(1 - 12 / 6.25, 12)
    const milder = acerbiSzekely({ pnl: [...flat(10, -2), ...flat(240, 0)], valueAtRisk, expectedShortfall })
    expect(milder).toMatchObject({ statistic: expect.closeTo(-0.6, 12), rejected: false })
  })

  it('does not count a loss that VaR covered, and is 1 without exceptions', () => {
    const forecasts = { valueAtRisk: flat(3, 1), expectedShortfall: flat(3, 2) }
    expect(acerbiSzekely({ pnl: [-1, -0.5, 9], ...forecasts }).statistic).toBe(1)
    expect(acerbiSzekely({ pnl: [-1.5, 0, 0], ...forecasts }, 0.5).statistic).toBeCloseTo(1 - 0.75 / 1.5, 14)
  })

  it('rejects only beyond the critical value', () => {
    const forecasts = { valueAtRisk: flat(250, 0), expectedShortfall: flat(250, 1) }
    const edge = acerbiSzekely({ pnl: [-212.5, ...flat(249, 0)], ...forecasts }, 0.5)
    expect(edge).toEqual({ statistic: -0.7, critical: -0.7, rejected: false })
    expect(acerbiSzekely({ pnl: [-212.6, ...flat(249, 0)], ...forecasts }, 0.5).rejected).toBe(true)
  })

  it('refuses impossible inputs', () => {
    const one = { pnl: [1], valueAtRisk: [1], expectedShortfall: [1] }
    expect(() => acerbiSzekely({ ...one, pnl: [] })).toThrow('/pnl')
    expect(() => acerbiSzekely({ ...one, pnl: [Number.NaN] })).toThrow('/pnl/0')
    expect(() => acerbiSzekely({ ...one, valueAtRisk: [] })).toThrow('/valueAtRisk: give 1 elements')
    expect(() => acerbiSzekely({ ...one, valueAtRisk: [-1] })).toThrow('/valueAtRisk/0')
    expect(() => acerbiSzekely({ ...one, expectedShortfall: [1, 2] })).toThrow('/expectedShortfall')
    expect(() => acerbiSzekely({ ...one, expectedShortfall: [0] })).toThrow(
      '/expectedShortfall/0: give a value above 0',
    )
    expect(() => acerbiSzekely(one, 1)).toThrow('/level')
  })
})
