import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exp, expOfSum } from '../../../engine/math/exp'
import { log } from '../../../engine/math/log'
import { normalCdf } from '../../../engine/math/normalCdf'
import { normalPdf } from '../../../engine/math/normalPdf'
import { pow } from '../../../engine/math/pow'
import { propertyRuns } from '../propertyRuns'

const reference = JSON.parse(readFileSync(new URL('./reference.json', import.meta.url), 'utf8')) as {
  exp: [number, string][]
  log: [number, string][]
  normalCdf: [number, string][]
  normalPdf: [number, string][]
  pow: [number, number, string][]
}

/** Distance in units of the last place of the reference. */
function ulps(value: number, truth: number): number {
  const bits = new Float64Array([Math.abs(truth)])
  const next = new BigUint64Array(bits.buffer)
  next[0] = next[0]! + 1n
  return Math.abs(value - truth) / (bits[0]! - Math.abs(truth))
}

const runs = { numRuns: propertyRuns(2000), seed: 7 }
const finite = fc.double({ noNaN: true, noDefaultInfinity: true })

describe('exp', () => {
  it.each(reference.exp)('exp(%d) is within 1 ulp', (x, truth) => {
    expect(ulps(exp(x), Number(truth))).toBeLessThanOrEqual(1)
  })

  it('is exact at the ends of its domain', () => {
    expect(exp(0)).toBe(1)
    expect(exp(-0)).toBe(1)
    expect(exp(710)).toBe(Number.POSITIVE_INFINITY)
    expect(exp(1e308)).toBe(Number.POSITIVE_INFINITY)
    expect(exp(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY)
    expect(exp(-745)).toBe(5e-324)
    expect(exp(-746)).toBe(0)
    expect(exp(Number.NEGATIVE_INFINITY)).toBe(0)
    expect(exp(Number.NaN)).toBeNaN()
  })

  it('agrees with the platform within 2 ulp', () => {
    fc.assert(
      fc.property(fc.double({ min: -708, max: 709, noNaN: true }), (x) => ulps(exp(x), Math.exp(x)) <= 2),
      runs,
    )
  })

  it('adds the tail to the argument', () => {
    expect(expOfSum(1, 1e-10) / exp(1) - 1).toBeCloseTo(1e-10, 15)
    expect(expOfSum(1, -1e-10) / exp(1) - 1).toBeCloseTo(-1e-10, 15)
  })
})

describe('log', () => {
  it.each(reference.log)('log(%d) is within 1 ulp', (x, truth) => {
    expect(ulps(log(x), Number(truth))).toBeLessThanOrEqual(1)
  })

  it('is exact at the ends of its domain', () => {
    expect(log(1)).toBe(0)
    expect(log(0)).toBe(Number.NEGATIVE_INFINITY)
    expect(log(-0)).toBe(Number.NEGATIVE_INFINITY)
    expect(log(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY)
    expect(log(-1)).toBeNaN()
    expect(log(Number.NEGATIVE_INFINITY)).toBeNaN()
    expect(log(Number.NaN)).toBeNaN()
  })

  it('agrees with the platform within 2 ulp over all magnitudes', () => {
    fc.assert(
      fc.property(fc.double({ min: 5e-324, max: 1.7e308, noNaN: true }), (x) => ulps(log(x), Math.log(x)) <= 2),
      runs,
    )
  })
})

describe('pow', () => {
  it.each(reference.pow)('pow(%d, %d)', (x, y, truth) => {
    const tolerance = 2.3e-16 * (2 + Math.abs(y * Math.log(x)))
    expect(Math.abs(pow(x, y) / Number(truth) - 1)).toBeLessThanOrEqual(tolerance)
  })

  it('has the limits of the power function', () => {
    expect(pow(0, 2)).toBe(0)
    expect(pow(0, -2)).toBe(Number.POSITIVE_INFINITY)
    expect(pow(0, 0)).toBe(1)
    expect(pow(1, 1e308)).toBe(1)
    expect(pow(5, 0)).toBe(1)
    expect(pow(2, 1e300)).toBe(Number.POSITIVE_INFINITY)
    expect(pow(2, -1e300)).toBe(0)
    expect(pow(Number.POSITIVE_INFINITY, 0.5)).toBe(Number.POSITIVE_INFINITY)
    expect(pow(-1, 2)).toBeNaN()
  })

  it('carries the rounding of y·ln x', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
        fc.double({ min: -30, max: 30, noNaN: true }),
        (x, y) => {
          const scale = 2 + Math.abs(y * Math.log(x))
          return Math.abs(pow(x, y) / x ** y - 1) <= 2.3e-16 * scale
        },
      ),
      runs,
    )
  })
})

describe('normal distribution', () => {
  it.each(reference.normalCdf)('Φ(%d)', (x, truth) => {
    expect(Math.abs(normalCdf(x) - Number(truth))).toBeLessThanOrEqual(2.5e-16)
    if (x < 0) expect(Math.abs(normalCdf(x) / Number(truth) - 1)).toBeLessThanOrEqual(1e-15)
  })

  it.each(reference.normalPdf)('φ(%d)', (x, truth) => {
    expect(Math.abs(normalPdf(x) / Number(truth) - 1)).toBeLessThanOrEqual(5e-16)
  })

  it('reaches its limits', () => {
    expect(normalCdf(0)).toBe(0.5)
    expect(normalCdf(-0)).toBe(0.5)
    for (const far of [40, 41, 1e10, 1e308, Number.POSITIVE_INFINITY]) {
      expect(normalCdf(far)).toBe(1)
      expect(normalCdf(-far)).toBe(0)
      expect(normalPdf(far)).toBe(0)
      expect(normalPdf(-far)).toBe(0)
    }
    expect(normalCdf(Number.NaN)).toBeNaN()
    expect(normalPdf(Number.NaN)).toBeNaN()
  })

  it('is symmetric and never leaves [0, 1]', () => {
    fc.assert(
      fc.property(finite, (x) => {
        const p = normalCdf(x)
        return (
          p >= 0 && p <= 1 && 1 - normalCdf(-Math.abs(x)) === normalCdf(Math.abs(x)) && normalPdf(x) === normalPdf(-x)
        )
      }),
      runs,
    )
  })

  it('has the density as its slope', () => {
    fc.assert(
      fc.property(fc.double({ min: -8, max: 8, noNaN: true }), (x) => {
        const step = 1e-5
        const slope = (normalCdf(x + step) - normalCdf(x - step)) / (2 * step)
        return Math.abs(slope - normalPdf(x)) <= 1e-9
      }),
      runs,
    )
  })
})

describe('reproducibility', () => {
  it('gives the same bits on every engine', () => {
    const sample = new Float64Array(5 * 4096)
    let state = 1
    const random = () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0
      return state / 4294967296
    }
    for (let i = 0; i < 4096; i++) {
      sample[5 * i] = exp((random() - 0.5) * 1400)
      sample[5 * i + 1] = log(random() * 1e6)
      sample[5 * i + 2] = pow(random() * 50, (random() - 0.5) * 8)
      sample[5 * i + 3] = normalCdf((random() - 0.5) * 20)
      sample[5 * i + 4] = normalPdf((random() - 0.5) * 20)
    }
    let hash = 0xcbf29ce484222325n
    for (const byte of new Uint8Array(sample.buffer)) {
      hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n)
    }
    expect(hash.toString(16)).toBe('546b21cb50eff4f3')
  })
})
