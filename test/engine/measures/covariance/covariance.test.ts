import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { correlationFromCovariance } from '../../../../engine/measures/covariance/correlationFromCovariance'
import { isPositiveSemiDefinite } from '../../../../engine/measures/covariance/isPositiveSemiDefinite'
import { ledoitWolf } from '../../../../engine/measures/covariance/ledoitWolf'
import { sampleCovariance } from '../../../../engine/measures/covariance/sampleCovariance'
import { symmetricEigen } from '../../../../engine/measures/covariance/symmetricEigen'
import { gap, runs } from '../property'

const tables = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 12 })).chain(([factors, count]) => {
  const cell = fc.double({ min: -1, max: 1, noNaN: true }).map((x) => Math.round(x * 1e9) / 1e9)
  return fc.array(fc.array(cell, { minLength: factors, maxLength: factors }), { minLength: count, maxLength: count })
})

const symmetric = fc.integer({ min: 1, max: 7 }).chain((size) =>
  fc
    .array(fc.oneof(fc.double({ min: -10, max: 10, noNaN: true }), fc.integer({ min: -2, max: 2 })), {
      minLength: (size * (size + 1)) / 2,
      maxLength: (size * (size + 1)) / 2,
    })
    .map((cells) => {
      const at = (i: number, j: number) => cells[(Math.max(i, j) * (Math.max(i, j) + 1)) / 2 + Math.min(i, j)]!
      return Array.from({ length: size }, (_, i) => Array.from({ length: size }, (_, j) => at(i, j)))
    }),
)

describe('sampleCovariance', () => {
  it('has divisor n', () => {
    expect(
      sampleCovariance([
        [1, 2],
        [3, 6],
      ]),
    ).toEqual([
      [1, 2],
      [2, 4],
    ])
    expect(sampleCovariance([[1, 2]])).toEqual([
      [0, 0],
      [0, 0],
    ])
    expect(sampleCovariance([[1], [2], [6]])).toEqual([[14 / 3]])
  })

  it('does not move with the mean', () => {
    expect(
      sampleCovariance([
        [101, -48],
        [103, -44],
      ]),
    ).toEqual([
      [1, 2],
      [2, 4],
    ])
  })

  it('refuses what is no table', () => {
    expect(() => sampleCovariance([])).toThrow('/rows: give at least 1')
    expect(() => sampleCovariance([[]])).toThrow('/rows/0: give at least 1')
    expect(() => sampleCovariance([[1, 2], [1]])).toThrow('/rows/1: give 2 elements; there are 1')
    expect(() =>
      sampleCovariance([
        [1, 2],
        [1, Number.NaN],
      ]),
    ).toThrow('/rows/1/1: give a finite number')
    expect(() => sampleCovariance([[1e76]])).toThrow('/rows/0/0')
  })
})

describe('ledoitWolf', () => {
  it('shrinks a small sample by hand', () => {
    const rows = [
      [1, 0],
      [-1, 2],
      [1, -2],
      [-1, 0],
    ]
    const S = [
      [1, -1],
      [-1, 2],
    ]
    expect(sampleCovariance(rows)).toEqual(S)
    const mean = 1.5
    const dispersion = 0.25 + 1 + 1 + 0.25
    // Σ over cells of mean (xᵢxⱼ − sᵢⱼ)², over n: (0 + 1 + 1 + 4) / 4.
    const noise = (0 + 1 + 1 + 4) / 4
    const { shrinkage, covariance } = ledoitWolf(rows)
    expect(shrinkage).toBeCloseTo(noise / dispersion, 15)
    expect(covariance[0]![0]).toBeCloseTo(0.4 * 1 + 0.6 * mean, 15)
    expect(covariance[0]![1]).toBeCloseTo(-0.4, 15)
    expect(covariance[1]![1]).toBeCloseTo(0.4 * 2 + 0.6 * mean, 15)
  })

  it('shrinks by at most everything, and keeps the total variance', () => {
    fc.assert(
      fc.property(tables, (rows) => {
        const { shrinkage, covariance } = ledoitWolf(rows)
        const sample = sampleCovariance(rows)
        const trace = (matrix: readonly (readonly number[])[]) => matrix.reduce((sum, row, i) => sum + row[i]!, 0)
        expect(shrinkage).toBeGreaterThanOrEqual(0)
        expect(shrinkage).toBeLessThanOrEqual(1)
        expect(gap(trace(covariance), trace(sample))).toBeLessThan(1e-12)
        expect(isPositiveSemiDefinite(covariance)).toBe(true)
        const bad = covariance.flatMap((row, i) =>
          row.filter((x, j) => x !== covariance[j]![i] || (i !== j && Math.abs(x) > Math.abs(sample[i]![j]!))),
        )
        expect(bad).toEqual([])
      }),
      runs,
    )
  })

  it('does not see the order of observations, and scales with the square', () => {
    fc.assert(
      fc.property(tables, (rows) => {
        const one = ledoitWolf(rows)
        expect(gap(ledoitWolf([...rows].reverse()).shrinkage, one.shrinkage)).toBeLessThan(1e-6)
        const doubled = ledoitWolf(rows.map((row) => row.map((x) => 2 * x)))
        expect(doubled.shrinkage).toBe(one.shrinkage)
        expect(doubled.covariance).toEqual(one.covariance.map((row) => row.map((x) => 4 * x)))
      }),
      runs,
    )
  })

  it('has nothing to shrink in one factor, in constants and in one observation', () => {
    expect(ledoitWolf([[1], [2], [6]])).toEqual({ shrinkage: 0, covariance: [[14 / 3]] })
    expect(
      ledoitWolf([
        [1, 1],
        [1, 1],
      ]),
    ).toEqual({
      shrinkage: 0,
      covariance: [
        [0, 0],
        [0, 0],
      ],
    })
    expect(ledoitWolf([[1, 2]])).toEqual({
      shrinkage: 0,
      covariance: [
        [0, 0],
        [0, 0],
      ],
    })
  })

  it('refuses what is no table', () => {
    expect(() => ledoitWolf([])).toThrow('/rows')
    expect(() => ledoitWolf([[1, Number.NaN]])).toThrow('/rows/0/1')
  })
})

describe('correlationFromCovariance', () => {
  it('divides by both deviations', () => {
    expect(
      correlationFromCovariance([
        [4, 3],
        [3, 9],
      ]),
    ).toEqual([
      [1, 0.5],
      [0.5, 1],
    ])
    expect(
      correlationFromCovariance([
        [4, -3],
        [-3, 9],
      ]),
    ).toEqual([
      [1, -0.5],
      [-0.5, 1],
    ])
  })

  it('clamps what rounding put beyond 1', () => {
    expect(
      correlationFromCovariance([
        [1, 1.0001],
        [1.0001, 1],
      ]),
    ).toEqual([
      [1, 1],
      [1, 1],
    ])
    expect(
      correlationFromCovariance([
        [1, -1.0001],
        [-1.0001, 1],
      ]),
    ).toEqual([
      [1, -1],
      [-1, 1],
    ])
  })

  it('refuses a series without variance', () => {
    expect(() =>
      correlationFromCovariance([
        [1, 0],
        [0, 0],
      ]),
    ).toThrow('/covariance/1/1: give a value above 0')
    expect(() => correlationFromCovariance([[-1]])).toThrow('/covariance/0/0')
    expect(() =>
      correlationFromCovariance([
        [1, 0.5],
        [0.4, 1],
      ]),
    ).toThrow('/covariance/1/0: give a value equal to 0.5')
    expect(() => correlationFromCovariance([[1, 0.5]])).toThrow('/covariance/0: give 1 elements; there are 2')
    expect(() => correlationFromCovariance([])).toThrow('/covariance')
    expect(() =>
      correlationFromCovariance([
        [1, Number.NaN],
        [Number.NaN, 1],
      ]),
    ).toThrow('/covariance/0/1')
  })
})

describe('symmetricEigen', () => {
  it('agrees with LAPACK', () => {
    // numpy.linalg.eigvalsh
    const { values } = symmetricEigen([
      [1, 0.9, -0.3],
      [0.9, 1, 0.4],
      [-0.3, 0.4, 1],
    ])
    const expected = [-0.11936024899248908, 1.212874019112264, 1.9064862298802254]
    for (const [k, value] of values.entries()) expect(value).toBeCloseTo(expected[k]!, 14)
    expect(symmetricEigen([[3]]).values).toEqual([3])
    expect(
      symmetricEigen([
        [2, 0],
        [0, -1],
      ]).values,
    ).toEqual([-1, 2])
  })

  it('gives ascending values and orthonormal vectors that rebuild the matrix', () => {
    fc.assert(
      fc.property(symmetric, (matrix) => {
        const { values, vectors } = symmetricEigen(matrix)
        expect([...values].sort((a, b) => a - b)).toEqual(values)
        const cells = matrix.flatMap((row, i) => row.map((x, j) => ({ x, i, j })))
        const worst = cells.reduce((largest, { x, i, j }) => {
          const rebuilt = values.reduce((sum, value, k) => sum + value * vectors[k]![i]! * vectors[k]![j]!, 0)
          const product = vectors[i]!.reduce((sum, v, k) => sum + v * vectors[j]![k]!, 0)
          return Math.max(largest, Math.abs(rebuilt - x), Math.abs(product - (i === j ? 1 : 0)))
        }, 0)
        expect(worst).toBeLessThan(1e-11)
      }),
      runs,
    )
  })

  it('refuses what is not symmetric', () => {
    expect(() => symmetricEigen([])).toThrow('/matrix: give at least 1')
    expect(() =>
      symmetricEigen([
        [1, 2],
        [3, 1],
      ]),
    ).toThrow('/matrix/1/0: give a value equal to 2 as at /matrix/0/1')
    expect(() => symmetricEigen([[1, 2]])).toThrow('/matrix/0')
  })

  it('allows the asymmetry of rounding', () => {
    expect(() =>
      symmetricEigen([
        [1, 0.1 + 0.2],
        [0.3, 1],
      ]),
    ).not.toThrow()
    expect(() =>
      symmetricEigen([
        [1, 1],
        [1 + 3e-12, 1],
      ]),
    ).toThrow('/matrix/1/0')
    expect(() =>
      symmetricEigen([
        [1e6, 1e6],
        [1e6 + 5e-7, 1e6],
      ]),
    ).not.toThrow()
    expect(() =>
      symmetricEigen([
        [1e-6, 1e-6],
        [1e-6 + 1e-12, 1e-6],
      ]),
    ).toThrow('/matrix/1/0')
  })
})

describe('isPositiveSemiDefinite', () => {
  it('tells negative eigenvalues from rounding', () => {
    expect(
      isPositiveSemiDefinite([
        [1, 0.9, -0.3],
        [0.9, 1, 0.4],
        [-0.3, 0.4, 1],
      ]),
    ).toBe(false)
    expect(
      isPositiveSemiDefinite([
        [1, 1, 1],
        [1, 1, 1],
        [1, 1, 1],
      ]),
    ).toBe(true)
    expect(
      isPositiveSemiDefinite([
        [1, -1],
        [-1, 1],
      ]),
    ).toBe(true)
    expect(
      isPositiveSemiDefinite([
        [1, 1.000001],
        [1.000001, 1],
      ]),
    ).toBe(false)
    expect(isPositiveSemiDefinite([[-1]])).toBe(false)
    expect(isPositiveSemiDefinite([[0]])).toBe(true)
    expect(
      isPositiveSemiDefinite([
        [-100, 0],
        [0, 1],
      ]),
    ).toBe(false)
    expect(isPositiveSemiDefinite([[1e-20]])).toBe(true)
    expect(
      isPositiveSemiDefinite([
        [1, 0],
        [0, -1e-12],
      ]),
    ).toBe(false)
    expect(
      isPositiveSemiDefinite([
        [1, 0],
        [0, -1e-13],
      ]),
    ).toBe(true)
    expect(
      isPositiveSemiDefinite([
        [1e6, 0],
        [0, -1e-7],
      ]),
    ).toBe(true)
  })

  it('holds for every covariance', () => {
    fc.assert(
      fc.property(tables, (rows) => {
        expect(isPositiveSemiDefinite(sampleCovariance(rows))).toBe(true)
      }),
      runs,
    )
  })
})
