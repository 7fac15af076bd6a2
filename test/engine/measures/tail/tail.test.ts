import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { expectedShortfall } from '../../../../engine/measures/tail/expectedShortfall'
import { tailWeights } from '../../../../engine/measures/tail/tailWeights'
import { valueAtRisk } from '../../../../engine/measures/tail/valueAtRisk'
import { amounts, gap, levels, runs } from '../property'

const weighted = fc
  .array(fc.tuple(amounts, fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 9 }))), { minLength: 1, maxLength: 60 })
  .filter((rows) => rows.some(([, weight]) => weight > 0))
  .map((rows) => ({ pnl: rows.map(([x]) => x), weights: rows.map(([, weight]) => weight) }))
const samples = fc.array(amounts, { minLength: 1, maxLength: 80 })

/** Mean of the quantile function over the tail, by its steps: the definition, without the formula used. */
function shortfallByDefinition(pnl: readonly number[], level: number, weights: readonly number[]): number {
  const rows = pnl.map((x, i) => ({ loss: -x, weight: weights[i]! })).sort((a, b) => a.loss - b.loss)
  const total = weights.reduce((a, b) => a + b, 0)
  let cumulative = 0
  let integral = 0
  for (const { loss, weight } of rows) {
    const from = Math.max(level, cumulative / total)
    cumulative += weight
    integral += Math.max(0, cumulative / total - from) * loss
  }
  return Math.max(0, integral / (1 - level))
}

describe('valueAtRisk', () => {
  it('takes the loss that the rest does not exceed, without interpolation', () => {
    const hundred = Array.from({ length: 100 }, (_, i) => i - 60)
    expect(valueAtRisk(hundred, 0.99)).toBe(59)
    expect(valueAtRisk(hundred, 0.985)).toBe(59)
    expect(valueAtRisk(hundred, 0.995)).toBe(60)
    expect(valueAtRisk(hundred, 0.95)).toBe(55)
    expect(valueAtRisk([-3, -2, -1, 4], 0.75)).toBe(2)
    expect(valueAtRisk([-3, -2, -1, 4], 0.76)).toBe(3)
  })

  it('is not moved by the rounding of 1 − level', () => {
    // (1 − 0.9)·10 is 0.9999999999999998 in binary, and one observation in truth.
    expect(valueAtRisk([-10, -9, -8, 0, 0, 0, 0, 0, 0, 0], 0.9)).toBe(9)
    expect(valueAtRisk([-10, -9, ...new Array<number>(38).fill(0)], 0.975)).toBe(9)
  })

  it('is 0 when nothing is lost', () => {
    expect(valueAtRisk([1, 2, 3], 0.99)).toBe(0)
    expect(Object.is(valueAtRisk([0], 0.99), 0)).toBe(true)
  })

  it('uses weights, and ignores what has none', () => {
    expect(valueAtRisk([-100, -5, 1], 0.95, [0, 1, 9])).toBe(5)
    expect(valueAtRisk([-100, -5, 1], 0.9, [0, 1, 9])).toBe(0)
    expect(valueAtRisk([-100, -5, 1], 0.95, [1, 1, 8])).toBe(100)
    expect(valueAtRisk([-100, -5, 1], 0.85, [1, 1, 8])).toBe(5)
    expect(valueAtRisk([1, -5, -100], 0.85, [0.8, 0.1, 0.1])).toBe(5)
  })

  it('takes everything into a tail whose level rounds to 0', () => {
    expect(valueAtRisk([-4, -3, 7], Number.MIN_VALUE)).toBe(0)
    expect(valueAtRisk([-4, -3, -2], Number.MIN_VALUE)).toBe(2)
    expect(valueAtRisk([-3, -2, -4], Number.MIN_VALUE, [1, 1, 1])).toBe(2)
  })

  it('is the same for equal weights as for none', () => {
    fc.assert(
      fc.property(samples, levels, (pnl, level) => {
        const equal = new Array<number>(pnl.length).fill(1)
        expect(valueAtRisk(pnl, level, equal)).toBe(valueAtRisk(pnl, level))
        expect(expectedShortfall(pnl, level, equal)).toBe(expectedShortfall(pnl, level))
        expect(tailWeights(pnl, level, equal)).toEqual(tailWeights(pnl, level))
      }),
      runs,
    )
  })

  it('is the lower inverse of the distribution of losses', () => {
    fc.assert(
      fc.property(weighted, levels, ({ pnl, weights }, level) => {
        const quantile = valueAtRisk(pnl, level, weights)
        const total = weights.reduce((a, b) => a + b, 0)
        const atMost = pnl.reduce((sum, x, i) => sum + (Math.max(0, -x) <= quantile ? weights[i]! : 0), 0)
        const below = pnl.reduce((sum, x, i) => sum + (Math.max(0, -x) < quantile ? weights[i]! : 0), 0)
        expect(atMost / total).toBeGreaterThanOrEqual(level - 1e-9)
        if (quantile > 0) expect(below / total).toBeLessThan(level + 1e-9)
      }),
      runs,
    )
  })
})

describe('expectedShortfall', () => {
  it('counts the observation at the edge with the missing fraction', () => {
    // One and a half observations of four: (8 + ½·2) / 1½.
    expect(expectedShortfall([-8, -2, 1, 4], 0.625)).toBe(6)
    expect(expectedShortfall([-8, -2, 1, 4], 0.5)).toBe(5)
    expect(expectedShortfall([-8, -2, 1, 4], 0.75)).toBe(8)
    expect(expectedShortfall([-8, -2, 1, 4], 0.99)).toBe(8)
    // Three of four: (8 + 2 − 1) / 3.
    expect(expectedShortfall([-8, -2, 1, 4], 0.25)).toBe(3)
  })

  it('uses weights', () => {
    expect(expectedShortfall([-8, -2, 1, 4], 0.5, [1, 4, 4, 1])).toBeCloseTo((8 + 4 * 2) / 5, 14)
    expect(expectedShortfall([-100, -8, -2, 1], 0.5, [0, 1, 1, 2])).toBe(5)
  })

  it('is the mean of the quantiles beyond the level', () => {
    fc.assert(
      fc.property(weighted, levels, ({ pnl, weights }, level) => {
        const scale = Math.max(1, ...pnl.map(Math.abs))
        const difference = expectedShortfall(pnl, level, weights) - shortfallByDefinition(pnl, level, weights)
        expect(Math.abs(difference) / scale).toBeLessThan(1e-9)
      }),
      runs,
    )
  })

  it('is not above the worst loss by rounding (seed 1522321983)', () => {
    expect(expectedShortfall([0, 1, 0], 0.9, [1, 9, 0])).toBe(0)
  })

  it('is at least VaR, which is at least 0, and no more than the worst loss', () => {
    fc.assert(
      fc.property(weighted, levels, ({ pnl, weights }, level) => {
        const shortfall = expectedShortfall(pnl, level, weights)
        const quantile = valueAtRisk(pnl, level, weights)
        expect(quantile).toBeGreaterThanOrEqual(0)
        expect(shortfall).toBeGreaterThanOrEqual(quantile)
        const worst = Math.max(0, ...pnl.map((x, i) => (weights[i]! > 0 ? -x : 0)))
        expect(shortfall).toBeLessThanOrEqual(worst * (1 + 1e-12))
      }),
      runs,
    )
  })

  it('is sub-additive over joint outcomes', () => {
    const pairs = fc.array(fc.tuple(amounts, amounts), { minLength: 1, maxLength: 60 })
    fc.assert(
      fc.property(pairs, levels, (rows, level) => {
        const [a, b] = [rows.map(([x]) => x), rows.map(([, y]) => y)]
        const both = expectedShortfall(
          rows.map(([x, y]) => x + y),
          level,
        )
        expect(both).toBeLessThanOrEqual(
          (expectedShortfall(a, level) + expectedShortfall(b, level)) * (1 + 1e-9) + 1e-6,
        )
      }),
      runs,
    )
  })
})

describe('valueAtRisk and expectedShortfall', () => {
  it.each([
    ['valueAtRisk', valueAtRisk],
    ['expectedShortfall', expectedShortfall],
  ] as const)('%s scales with the outcomes', (_, measure) => {
    fc.assert(
      fc.property(samples, levels, fc.double({ min: 0, max: 1e6, noNaN: true }), (pnl, level, factor) => {
        expect(
          gap(
            measure(
              pnl.map((x) => x * factor),
              level,
            ),
            measure(pnl, level) * factor,
          ),
        ).toBeLessThan(1e-9)
      }),
      runs,
    )
  })

  it.each([
    ['valueAtRisk', valueAtRisk],
    ['expectedShortfall', expectedShortfall],
  ] as const)('%s does not see the order or the scale of weights', (_, measure) => {
    fc.assert(
      fc.property(weighted, levels, ({ pnl, weights }, level) => {
        const reversed = measure([...pnl].reverse(), level, [...weights].reverse())
        expect(reversed).toBe(measure(pnl, level, weights))
        expect(
          measure(
            Float64Array.from(pnl),
            level,
            weights.map((w) => w * 4),
          ),
        ).toBe(reversed)
      }),
      runs,
    )
  })

  it.each([
    ['valueAtRisk', valueAtRisk],
    ['expectedShortfall', expectedShortfall],
  ] as const)('%s grows with the level', (_, measure) => {
    fc.assert(
      fc.property(samples, levels, levels, (pnl, a, b) => {
        const lower = measure(pnl, Math.min(a, b))
        expect(lower).toBeLessThanOrEqual(measure(pnl, Math.max(a, b)) + 1e-9 * Math.max(1, lower))
      }),
      runs,
    )
  })

  it.each([
    ['valueAtRisk', valueAtRisk],
    ['expectedShortfall', expectedShortfall],
    ['tailWeights', tailWeights],
  ] as const)('%s refuses what has no figure, and points at it', (_, measure) => {
    expect(() => measure([], 0.99)).toThrow('/pnl: give at least 1 observations; there are 0')
    expect(() => measure([1, Number.NaN], 0.99)).toThrow('/pnl/1: give a finite number instead of NaN')
    expect(() => measure([Number.POSITIVE_INFINITY], 0.99)).toThrow('/pnl/0')
    expect(() => measure([1], 1)).toThrow('/level: give a value above 0 and below 1')
    expect(() => measure([1], 0)).toThrow('/level')
    expect(() => measure([1], Number.NaN)).toThrow('/level: give a finite number')
    expect(() => measure([1, 2], 0.9, [1])).toThrow('/weights: give 2 elements; there are 1')
    expect(() => measure([1, 2], 0.9, [1, -1])).toThrow('/weights/1: give a value of at least 0')
    expect(() => measure([1, 2], 0.9, [0, 0])).toThrow('/weights: give a value above 0 in at least one element')
  })

  it.each([
    ['valueAtRisk', valueAtRisk],
    ['expectedShortfall', expectedShortfall],
  ] as const)('%s of one outcome, or of equal ones, is that loss', (_, measure) => {
    for (const level of [0.01, 0.5, 0.975, 0.999]) {
      expect(measure([-0.1], level)).toBe(0.1)
      expect(measure(new Array<number>(37).fill(-0.1), level)).toBe(0.1)
      expect(measure([0.1], level)).toBe(0)
    }
  })
})

describe('tailWeights', () => {
  it('shares the tail as expected shortfall counts it', () => {
    expect(Array.from(tailWeights([4, -2, -8, 1], 0.625))).toEqual([0, 0.5 / 1.5, 1 / 1.5, 0])
    expect(Array.from(tailWeights([4, -2, -8, 1], 0.5, [1, 4, 1, 4]))).toEqual([0, 4 / 5, 1 / 5, 0])
  })

  it('sums to 1 and gives expected shortfall by leg', () => {
    const legs = fc.array(fc.tuple(amounts, amounts), { minLength: 1, maxLength: 60 })
    fc.assert(
      fc.property(legs, levels, (rows, level) => {
        const total = rows.map(([x, y]) => x + y)
        const shares = tailWeights(total, level)
        expect(shares.every((share) => share >= 0)).toBe(true)
        expect(
          gap(
            shares.reduce((a, b) => a + b, 0),
            1,
          ),
        ).toBeLessThan(1e-9)
        const attributed = (leg: 0 | 1) => -rows.reduce((sum, row, i) => sum + shares[i]! * row[leg], 0)
        const scale = Math.max(1, ...rows.flat().map(Math.abs))
        const difference = Math.max(0, attributed(0) + attributed(1)) - expectedShortfall(total, level)
        expect(Math.abs(difference) / scale).toBeLessThan(1e-9)
      }),
      runs,
    )
  })
})
