import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitGarch } from '../../../../engine/measures/volatility/fitGarch'
import { garchVariance } from '../../../../engine/measures/volatility/garchVariance'
import { gaussianLogLikelihood } from '../../../../engine/measures/volatility/gaussianLogLikelihood'
import { nelderMead } from '../../../../engine/measures/volatility/nelderMead'
import { deterministicReturns } from '../deterministicReturns'
import { runs } from '../property'

const truth = { omega: 0.05, alpha: 0.1, beta: 0.85 }
const returns = deterministicReturns(1000)

describe('garchVariance', () => {
  it('follows the recursion from the backcast', () => {
    expect(Array.from(garchVariance([1, -2], { omega: 0.125, alpha: 0.25, beta: 0.5 }, { backcast: 2 }))).toEqual([
      1.625, 1.1875, 1.71875,
    ])
    expect(Array.from(garchVariance([1, -2], { omega: 0.125, alpha: 0.25, beta: 0.5 }, { initial: 2 }))).toEqual([
      2, 1.375, 1.8125,
    ])
  })

  it('agrees with another implementation on a thousand returns', () => {
    // numpy 2.4.6, same recursion written anew.
    expect(garchVariance(returns, truth)[999]).toBeCloseTo(0.8904851767532309, 13)
  })

  it('is EWMA when ω is 0 and α + β is 1', () => {
    const variance = garchVariance([1, 2], { omega: 0, alpha: 0.25, beta: 0.75 }, { backcast: 4 })
    expect(Array.from(variance)).toEqual([4, 3.25, 3.4375])
  })

  it('stays positive and finite', () => {
    const fractions = fc.double({ min: 0, max: 0.5, noNaN: true })
    const series = fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 1, maxLength: 50 })
    fc.assert(
      fc.property(
        series,
        fc.double({ min: 1e-9, max: 10, noNaN: true }),
        fractions,
        fractions,
        (values, omega, alpha, beta) => {
          for (const v of garchVariance(values, { omega, alpha, beta })) {
            expect(v).toBeGreaterThanOrEqual(omega)
            expect(Number.isFinite(v)).toBe(true)
          }
        },
      ),
      runs,
    )
  })

  it('refuses impossible inputs', () => {
    expect(() => garchVariance([], truth)).toThrow('/returns')
    expect(() => garchVariance([1], { ...truth, omega: -1 })).toThrow('/omega')
    expect(() => garchVariance([1], { ...truth, alpha: -1 })).toThrow('/alpha')
    expect(() => garchVariance([1], { ...truth, beta: -0.1 })).toThrow('/beta: give a value of at least 0')
    expect(() => garchVariance([1], { ...truth, beta: 0.95 })).toThrow('/beta: give a value of at most 1 − alpha')
    expect(() => garchVariance([1], truth, { initial: -1 })).toThrow('/initial')
    expect(() => garchVariance([1], truth, { backcast: Number.NaN })).toThrow('/initial')
  })
})

describe('gaussianLogLikelihood', () => {
  it('agrees with another implementation', () => {
    expect(gaussianLogLikelihood(returns, garchVariance(returns, truth))).toBeCloseTo(-1429.1357350331102, 9)
    expect(gaussianLogLikelihood([0], [1])).toBeCloseTo(-0.9189385332046727, 15)
    expect(gaussianLogLikelihood([2], [4])).toBeCloseTo(-0.9189385332046727 - Math.log(2) - 0.5, 14)
  })

  it('refuses impossible inputs', () => {
    expect(() => gaussianLogLikelihood([], [])).toThrow('/returns')
    expect(() => gaussianLogLikelihood([1, 2], [1])).toThrow('/variance: give 2 elements; there are 1')
    expect(() => gaussianLogLikelihood([1], [1, 2, 3])).toThrow('/variance')
    expect(() => gaussianLogLikelihood([1], [0])).toThrow('/variance/0: give a value above 0')
  })
})

describe('fitGarch', () => {
  it('finds the maximum which another optimiser finds', () => {
    // scipy 1.17.1 Nelder-Mead from three starts on the same likelihood: 1426.4549049266.
    const fit = fitGarch(returns)
    expect(fit.logLikelihood).toBeCloseTo(-1426.4549049266122, 8)
    expect(fit.omega).toBeCloseTo(0.0991581, 5)
    expect(fit.alpha).toBeCloseTo(0.1593574, 5)
    expect(fit.beta).toBeCloseTo(0.7529703, 5)
    expect(fit.persistence).toBe(fit.alpha + fit.beta)
    expect(fit.logLikelihood).toBe(gaussianLogLikelihood(returns, garchVariance(returns, fit)))
  })

  it('gives the same bits again, and scales with the returns', () => {
    expect(fitGarch(returns)).toEqual(fitGarch([...returns]))
    const small = fitGarch(returns.map((r) => r / 1024))
    const fit = fitGarch(returns)
    expect(small.alpha).toBe(fit.alpha)
    expect(small.omega * 1024 * 1024).toBeCloseTo(fit.omega, 12)
  })

  it('stays admissible where there is nothing to find', () => {
    const alternating = Array.from({ length: 200 }, (_, t) => (t % 2 === 0 ? 1 : -1))
    const spike = Array.from({ length: 200 }, (_, t) => (t === 100 ? 50 : 0))
    for (const series of [alternating, spike, returns.slice(0, 100)]) {
      const { omega, alpha, beta, persistence, logLikelihood } = fitGarch(series)
      expect(Math.min(omega, alpha, beta)).toBeGreaterThanOrEqual(0)
      expect(persistence).toBeLessThan(1)
      expect(Number.isFinite(logLikelihood)).toBe(true)
    }
  })

  it('refuses too short and dead series', () => {
    expect(() => fitGarch(returns.slice(0, 99))).toThrow('/returns: give at least 100 observations; there are 99')
    expect(() => fitGarch(new Array<number>(100).fill(0))).toThrow('/returns: give a value other than 0')
    expect(() => fitGarch([...returns.slice(0, 99), Number.NaN])).toThrow('/returns/99')
  })
})

describe('nelderMead', () => {
  it('finds the bottom of a curved valley', () => {
    const rosenbrock = ([x, y]: readonly number[]) => 100 * (y! - x! * x!) * (y! - x! * x!) + (1 - x!) * (1 - x!)
    const { point, value } = nelderMead(rosenbrock, [-1.2, 1], 0.5)
    expect(point[0]).toBeCloseTo(1, 5)
    expect(point[1]).toBeCloseTo(1, 5)
    expect(value).toBeLessThan(1e-11)
  })

  it('finds the bottom of a bowl in three dimensions from either side', () => {
    const bowl = (p: readonly number[]) => p.reduce((sum, x, i) => sum + (i + 1) * (x - i) * (x - i), 3)
    for (const start of [
      [9, 9, 9],
      [-9, -9, -9],
    ]) {
      const { point, value, iterations } = nelderMead(bowl, start, 1)
      for (const [i, x] of point.entries()) expect(x).toBeCloseTo(i, 5)
      expect(value).toBeCloseTo(3, 11)
      expect(iterations).toBeLessThan(600)
    }
  })

  it('shrinks towards the best point into a dip where nothing else helps', () => {
    const sawtooth = (x: number) => x * x + 3 * Math.abs((x * 7) % 1)
    const { point, value } = nelderMead(([x, y]) => sawtooth(x!) + sawtooth(y!), [0.7, -2], 0.5)
    for (const x of point) expect(Math.abs(x * 7 - Math.round(x * 7))).toBeLessThan(1e-9)
    expect(value).toBeCloseTo(200 / 49, 9)
  })

  it('keeps out of forbidden ground', () => {
    const walled = ([x]: readonly number[]) => (x! < 2 ? Number.POSITIVE_INFINITY : x! * x!)
    expect(nelderMead(walled, [5], 0.5).point[0]).toBeCloseTo(2, 5)
  })
})
