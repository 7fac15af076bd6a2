import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { baselMultiplier } from '../../../../engine/measures/backtest/baselMultiplier'
import { binomialCdf } from '../../../../engine/measures/backtest/binomialCdf'
import { chiSquareSurvival } from '../../../../engine/measures/backtest/chiSquareSurvival'
import { christoffersen, christoffersenIndependence } from '../../../../engine/measures/backtest/christoffersen'
import { kupiec } from '../../../../engine/measures/backtest/kupiec'
import { trafficLight } from '../../../../engine/measures/backtest/trafficLight'
import { runs } from '../property'

describe('chiSquareSurvival', () => {
  it.each([
    // scipy.stats.chi2.sf
    [3.841458820694124, 1, 0.04999999999999989],
    [1e-8, 1, 0.9999202115440526],
    [0.5, 1, 0.47950012218695337],
    [50, 1, 1.537459794428033e-12],
    [200, 1, 2.0884875837625688e-45],
    [5.991, 2, 0.05001161502657909],
    [1e-3, 2, 0.9995001249791693],
    [1.5, 3, 0.6822703303362125],
    [30, 3, 1.3800570312932553e-6],
    [0.3, 5, 0.9976430862605289],
    [40, 7, 1.258790387371308e-6],
    [7.5, 10, 0.6775476361045434],
    [100, 30, 1.8568023365102314e-9],
    [1000, 1000, 0.49405285382923964],
  ])('P(χ² ≥ %d) with %d degrees of freedom', (statistic, degrees, expected) => {
    const actual = chiSquareSurvival(statistic, degrees)
    expect(Math.abs(actual - expected) / expected).toBeLessThan(1e-11)
  })

  it('is exp(−x/2) for two degrees of freedom', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 300, noNaN: true }), (x) => {
        expect(Math.abs(chiSquareSurvival(x, 2) / Math.exp(-x / 2) - 1)).toBeLessThan(1e-11)
      }),
      runs,
    )
  })

  it('is a probability that falls with the statistic and rises with the degrees', () => {
    const statistics = fc.double({ min: 0, max: 500, noNaN: true })
    fc.assert(
      fc.property(statistics, statistics, fc.integer({ min: 1, max: 60 }), (a, b, degrees) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)]
        const p = chiSquareSurvival(low, degrees)
        expect(p).toBeGreaterThanOrEqual(0)
        expect(p).toBeLessThanOrEqual(1)
        expect(chiSquareSurvival(high, degrees)).toBeLessThanOrEqual(p + 1e-12)
        expect(chiSquareSurvival(low, degrees + 1)).toBeGreaterThanOrEqual(p - 1e-12)
      }),
      runs,
    )
  })

  it('is 1 at 0 and 0 far out', () => {
    expect(chiSquareSurvival(0, 1)).toBe(1)
    expect(chiSquareSurvival(0, 8)).toBe(1)
    expect(chiSquareSurvival(1e12, 3)).toBe(0)
    expect(chiSquareSurvival(1e-300, 4)).toBe(1)
  })

  it('refuses impossible inputs', () => {
    expect(() => chiSquareSurvival(-1, 1)).toThrow('/statistic')
    expect(() => chiSquareSurvival(Number.NaN, 1)).toThrow('/statistic')
    expect(() => chiSquareSurvival(1, 0)).toThrow('/degreesOfFreedom')
    expect(() => chiSquareSurvival(1, 1.5)).toThrow('/degreesOfFreedom')
    expect(() => chiSquareSurvival(1, 10_001)).toThrow('/degreesOfFreedom: give a value of at most 10000')
  })
})

describe('kupiec', () => {
  it('is 0 at the promised rate and grows on both sides', () => {
    expect(kupiec(400, 4, 0.01).statistic).toBeLessThan(1e-13)
    expect(kupiec(400, 4, 0.01).pValue).toBeGreaterThan(0.999999)
    const ratios = Array.from({ length: 30 }, (_, x) => kupiec(400, x, 0.01).statistic)
    for (let x = 0; x < 4; x += 1) expect(ratios[x]).toBeGreaterThan(ratios[x + 1]!)
    for (let x = 4; x < 29; x += 1) expect(ratios[x + 1]).toBeGreaterThan(ratios[x]!)
  })

  it('treats exceptions and their absence alike', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2000 }),
        fc.nat(2000),
        fc.double({ min: 0.001, max: 0.999, noNaN: true }),
        (days, raw, p) => {
          const exceptions = Math.min(days, raw)
          const { statistic, pValue } = kupiec(days, exceptions, p)
          const mirrored = kupiec(days, days - exceptions, 1 - p)
          expect(statistic).toBeGreaterThanOrEqual(0)
          expect(Math.abs(statistic - mirrored.statistic) / Math.max(1, statistic)).toBeLessThan(1e-9)
          expect(pValue).toBe(chiSquareSurvival(statistic, 1))
        },
      ),
      runs,
    )
  })

  it('is −2T ln(1 − p) without exceptions and −2T ln p with nothing else', () => {
    expect(kupiec(250, 0, 0.01).statistic).toBeCloseTo(-500 * Math.log(0.99), 12)
    expect(kupiec(10, 10, 0.01).statistic).toBeCloseTo(-20 * Math.log(0.01), 12)
  })

  it('refuses impossible inputs', () => {
    expect(() => kupiec(0, 0, 0.01)).toThrow('/observations')
    expect(() => kupiec(10, 11, 0.01)).toThrow('/exceptions: give a value of at most 10')
    expect(() => kupiec(10, -1, 0.01)).toThrow('/exceptions')
    expect(() => kupiec(10, 1.5, 0.01)).toThrow('/exceptions')
    expect(() => kupiec(10, 1, 0)).toThrow('/probability')
    expect(() => kupiec(10, 1, 1)).toThrow('/probability')
    expect(() => kupiec(Number.NaN, 1, 0.5)).toThrow('/observations')
  })
})

describe('christoffersen', () => {
  it('counts transitions and adds the two ratios', () => {
    const hits = [false, true, true, false, false, false, true, false]
    const { transitions, unconditional, independence, conditionalCoverage } = christoffersen(hits, 0.1)
    expect(transitions).toEqual({ n00: 2, n01: 2, n10: 2, n11: 1 })
    expect(unconditional).toEqual(kupiec(8, 3, 0.1))
    expect(independence).toEqual(christoffersenIndependence(transitions))
    // 2[2 ln ½ + 2 ln ½ + 2 ln ⅔ + ln ⅓ − 4 ln(4/7) − 3 ln(3/7)]
    const expected =
      2 * (4 * Math.log(0.5) + 2 * Math.log(2 / 3) + Math.log(1 / 3) - 4 * Math.log(4 / 7) - 3 * Math.log(3 / 7))
    expect(independence.statistic).toBeCloseTo(expected, 13)
    expect(independence.pValue).toBe(chiSquareSurvival(independence.statistic, 1))
    expect(conditionalCoverage.statistic).toBe(unconditional.statistic + independence.statistic)
    expect(conditionalCoverage.pValue).toBe(chiSquareSurvival(conditionalCoverage.statistic, 2))
  })

  it('tells clustered exceptions from scattered ones of the same number', () => {
    const clustered = Array.from({ length: 500 }, (_, t) => (t >= 200 && t < 210 ? 1 : 0))
    const scattered = Array.from({ length: 500 }, (_, t) => (t % 50 === 25 ? 1 : 0))
    expect(christoffersen(clustered, 0.02).independence.pValue).toBeLessThan(1e-6)
    expect(christoffersen(scattered, 0.02).independence.pValue).toBeGreaterThan(0.3)
    expect(christoffersen(clustered, 0.02).unconditional).toEqual(christoffersen(scattered, 0.02).unconditional)
  })

  it('is 0 where there is nothing to depend on', () => {
    expect(christoffersen([0, 0, 0], 0.01).independence).toEqual({ statistic: 0, pValue: 1 })
    expect(christoffersen([1, 1, 1], 0.01).independence).toEqual({ statistic: 0, pValue: 1 })
    expect(christoffersen([0, 0, 1], 0.01).independence.statistic).toBe(0)
  })

  it('is never negative', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 2, maxLength: 60 }), (hits) => {
        const { independence, transitions } = christoffersen(hits, 0.1)
        const { n00, n01, n10, n11 } = transitions
        expect(n00 + n01 + n10 + n11).toBe(hits.length - 1)
        expect(independence.statistic).toBeGreaterThanOrEqual(0)
        // Looking at calm instead of exceptions is the same question.
        const inverse = christoffersenIndependence({ n00: n11, n01: n10, n10: n01, n11: n00 })
        expect(Math.abs(inverse.statistic - independence.statistic)).toBeLessThan(1e-11)
      }),
      runs,
    )
  })

  it('refuses impossible inputs', () => {
    expect(() => christoffersen([1], 0.01)).toThrow('/exceptions: give at least 2')
    expect(() => christoffersen([1, Number.NaN], 0.01)).toThrow('/exceptions/1')
    expect(() => christoffersen([1, 0], 0)).toThrow('/probability')
    expect(() => christoffersenIndependence({ n00: 0, n01: 0, n10: 0, n11: 0 })).toThrow('/n00: give at least 1')
    expect(() => christoffersenIndependence({ n00: 1, n01: -1, n10: 0, n11: 0 })).toThrow('/n01')
    expect(() => christoffersenIndependence({ n00: 1, n01: 1, n10: 0.5, n11: 0 })).toThrow('/n10')
  })
})

describe('binomialCdf', () => {
  it.each([
    // scipy.stats.binom.cdf
    [0, 250, 0.01, 0.08105851616218143],
    [4, 250, 0.01, 0.8921876269036251],
    [25, 1000, 0.025, 0.5529256678756189],
    [3, 3, 0.5, 1],
    [120, 100_000, 0.001, 0.9773862691276693],
  ])('P(X ≤ %d) of %d at %d', (successes, trials, probability, expected) => {
    expect(binomialCdf(successes, trials, probability)).toBeCloseTo(expected, 11)
  })

  it('refuses impossible inputs', () => {
    expect(() => binomialCdf(1, 0, 0.5)).toThrow('/trials')
    expect(() => binomialCdf(0, 10_000_001, 0.5)).toThrow('/trials')
    expect(() => binomialCdf(-1, 1, 0.5)).toThrow('/successes')
    expect(() => binomialCdf(2, 1, 0.5)).toThrow('/successes: give a value of at most 1')
    expect(() => binomialCdf(1, 1, 1)).toThrow('/probability')
  })

  it('never exceeds 1', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.double({ min: 0.001, max: 0.999, noNaN: true }), (trials, p) => {
        const all = binomialCdf(trials, trials, p)
        expect(all).toBeLessThanOrEqual(1)
        expect(all).toBeGreaterThan(1 - 1e-10)
      }),
      runs,
    )
  })
})

describe('trafficLight', () => {
  it('draws the published zones for 250 days at 99 %', () => {
    const zones = Array.from({ length: 12 }, (_, exceptions) => trafficLight(250, exceptions).zone)
    expect(zones.slice(0, 5)).toEqual(new Array(5).fill('green'))
    expect(zones.slice(5, 10)).toEqual(new Array(5).fill('yellow'))
    expect(zones.slice(10)).toEqual(['red', 'red'])
    // As tabulated by the Basel Committee: 95.88 % for 5 and 99.97 % for 9.
    expect(trafficLight(250, 5).cumulativeProbability).toBeCloseTo(0.9588, 4)
    expect(trafficLight(250, 9).cumulativeProbability).toBeCloseTo(0.9997, 4)
  })

  it('scales to other lengths and levels', () => {
    expect(trafficLight(1000, 25, 0.025).zone).toBe('green')
    expect(trafficLight(1000, 40, 0.025).zone).toBe('yellow')
    expect(trafficLight(1000, 60, 0.025).zone).toBe('red')
  })
})

describe('baselMultiplier', () => {
  it('is the published table', () => {
    const table = [1.5, 1.5, 1.5, 1.5, 1.5, 1.7, 1.76, 1.83, 1.88, 1.92, 2, 2, 2]
    for (const [exceptions, multiplier] of table.entries()) expect(baselMultiplier(exceptions)).toBe(multiplier)
    expect(baselMultiplier(250)).toBe(2)
    expect(() => baselMultiplier(-1)).toThrow('/exceptions')
    expect(() => baselMultiplier(0.5)).toThrow('/exceptions')
  })
})
