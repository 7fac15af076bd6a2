import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isPositiveSemiDefinite } from '../../../../engine/measures/covariance/isPositiveSemiDefinite'
import { repairCorrelation } from '../../../../engine/measures/covariance/repairCorrelation'
import { symmetricEigen } from '../../../../engine/measures/covariance/symmetricEigen'
import { runs } from '../property'

const correlations = (entry: fc.Arbitrary<number>, size: number) =>
  fc
    .array(entry, { minLength: size * size, maxLength: size * size })
    .map((cells) =>
      Array.from({ length: size }, (_, i) =>
        Array.from({ length: size }, (_, j) => (i === j ? 1 : cells[Math.max(i, j) * size + Math.min(i, j)]!)),
      ),
    )
const fractions = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 0.3, 0.5, 0.8, 0.9, 1))
const cases = fc.integer({ min: 1, max: 6 }).chain((size) =>
  fc.record({
    matrix: correlations(fc.oneof(fc.double({ min: -1, max: 1, noNaN: true }), fractions), size),
    floors: correlations(fractions, size),
    losses: fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: size, maxLength: size }),
  }),
)

const aggregate = (matrix: readonly (readonly number[])[], losses: readonly number[]) =>
  matrix.reduce((sum, row, i) => sum + row.reduce((part, rho, j) => part + rho * losses[i]! * losses[j]!, 0), 0)

describe('repairCorrelation', () => {
  it('leaves a good matrix as it is', () => {
    const matrix = [
      [1, 0.5, 0.2],
      [0.5, 1, 0.3],
      [0.2, 0.3, 1],
    ]
    expect(repairCorrelation(matrix)).toEqual({ correlation: matrix, weight: 0, projected: false })
    expect(repairCorrelation(matrix, matrix)).toEqual({ correlation: matrix, weight: 0, projected: false })
    expect(repairCorrelation([])).toEqual({ correlation: [], weight: 0, projected: false })
    expect(repairCorrelation([[1]])).toEqual({ correlation: [[1]], weight: 0, projected: false })
  })

  it('blends with all ones until the lowest pair reaches its floor', () => {
    const matrix = [
      [1, 0.5, 0],
      [0.5, 1, 0.25],
      [0, 0.25, 1],
    ]
    const floors = [
      [0, 0, 0.5],
      [0, 0, 0],
      [0.5, 0, 0],
    ]
    const { correlation, weight, projected } = repairCorrelation(matrix, floors)
    expect(weight).toBe(0.5)
    expect(projected).toBe(false)
    expect(correlation).toEqual([
      [1, 0.75, 0.5],
      [0.75, 1, 0.625],
      [0.5, 0.625, 1],
    ])
  })

  it('does not read the diagonal of the floors', () => {
    const floors = [
      [7, 0.5],
      [0.5, 7],
    ]
    const identity = [
      [1, 0],
      [0, 1],
    ]
    expect(repairCorrelation(identity, floors).weight).toBe(0.5)
  })

  it('takes negative correlations up to zero: hedges across groups are not given for free', () => {
    const { correlation, weight } = repairCorrelation([
      [1, -1],
      [-1, 1],
    ])
    expect(weight).toBe(0.5)
    expect(correlation).toEqual([
      [1, 0],
      [0, 1],
    ])
  })

  it('projects a matrix that is not positive semi-definite', () => {
    const matrix = [
      [1, 0.9, 0.1],
      [0.9, 1, 0.8],
      [0.1, 0.8, 1],
    ]
    expect(isPositiveSemiDefinite(matrix)).toBe(false)
    const { correlation, weight, projected } = repairCorrelation(matrix)
    expect(projected).toBe(true)
    expect(weight).toBeGreaterThan(0)
    // The pair that sets the weight comes back exactly where it was.
    const lowest = Math.min(
      ...[
        [0, 1],
        [0, 2],
        [1, 2],
      ].map(([i, j]) => correlation[i!]![j!]! - matrix[i!]![j!]!),
    )
    expect(Math.abs(lowest)).toBeLessThan(1e-15)
  })

  it('projects as eigenvalue clipping does elsewhere', () => {
    // numpy: clip eigenvalues of the matrix at 0, rescale; then this blend takes every pair to at least what was given.
    const matrix = [
      [1, 0.9, -0.3],
      [0.9, 1, 0.4],
      [-0.3, 0.4, 1],
    ]
    const clipped = [0.8097459462511916, -0.26040910468083966, 0.3556705193426689]
    const given = [0.9, 0, 0.4]
    const weight = Math.max(...clipped.map((c, k) => (given[k]! - c) / (1 - c)))
    const repaired = repairCorrelation(matrix)
    expect(repaired.weight).toBeCloseTo(weight, 13)
    for (const [k, [i, j]] of (
      [
        [0, 1],
        [0, 2],
        [1, 2],
      ] as const
    ).entries()) {
      expect(repaired.correlation[i]![j]).toBeCloseTo(clipped[k]! + weight * (1 - clipped[k]!), 13)
    }
  })

  it('makes everything one where a floor says so', () => {
    const { correlation, weight } = repairCorrelation(
      [
        [1, 0.2, 0],
        [0.2, 1, 0],
        [0, 0, 1],
      ],
      [
        [0, 1, 0],
        [1, 0, 0],
        [0, 0, 0],
      ],
    )
    expect(weight).toBe(1)
    expect(correlation).toEqual([
      [1, 1, 1],
      [1, 1, 1],
      [1, 1, 1],
    ])
  })

  it('is positive semi-definite, in [0,1], and nowhere below zero, the given or the floor', () => {
    fc.assert(
      fc.property(cases, ({ matrix, floors, losses }) => {
        const { correlation, weight, projected } = repairCorrelation(matrix, floors)
        expect(symmetricEigen(correlation).values[0]).toBeGreaterThan(-1e-12)
        expect(weight).toBeGreaterThanOrEqual(0)
        expect(weight).toBeLessThanOrEqual(1)
        expect(projected).toBe(!isPositiveSemiDefinite(matrix))
        const pairs = correlation.flatMap((row, i) => row.map((rho, j) => ({ rho, i, j })))
        const bad = pairs.filter(({ rho, i, j }) => {
          const floor = i === j ? 1 : Math.max(0, matrix[i]![j]!, floors[i]![j]!)
          return !(rho <= 1 && rho >= floor - 1e-12 && rho === correlation[j]![i])
        })
        expect(bad).toEqual([])
        // Losses are never negative, so a repair can only raise the requirement.
        expect(aggregate(correlation, losses)).toBeGreaterThanOrEqual(aggregate(matrix, losses) * (1 - 1e-9) - 1e-3)
      }),
      runs,
    )
  })

  it('refuses what is no correlation matrix', () => {
    expect(() =>
      repairCorrelation([
        [1, 0.5],
        [0.4, 1],
      ]),
    ).toThrow('/correlation/1/0')
    expect(() =>
      repairCorrelation([
        [1, 1.5],
        [1.5, 1],
      ]),
    ).toThrow('/correlation/0/1: give a value from −1 to 1')
    expect(() =>
      repairCorrelation([
        [1, -1.5],
        [-1.5, 1],
      ]),
    ).toThrow('/correlation/0/1')
    expect(() =>
      repairCorrelation([
        [1, 0],
        [0, 0.9],
      ]),
    ).toThrow('/correlation/1/1: give a value of 1 on the diagonal')
    expect(() =>
      repairCorrelation([
        [1, Number.NaN],
        [Number.NaN, 1],
      ]),
    ).toThrow('/correlation/0/1')
    expect(() =>
      repairCorrelation(
        [[1]],
        [
          [0, 0],
          [0, 0],
        ],
      ),
    ).toThrow('/floors: give 1 elements')
    expect(() =>
      repairCorrelation(
        [
          [1, 0],
          [0, 1],
        ],
        [
          [0, 0.1],
          [0.2, 0],
        ],
      ),
    ).toThrow('/floors/1/0')
    expect(() =>
      repairCorrelation(
        [
          [1, 0],
          [0, 1],
        ],
        [
          [0, 2],
          [2, 0],
        ],
      ),
    ).toThrow('/floors/1/0: give a value from 0 to 1')
    expect(() =>
      repairCorrelation(
        [
          [1, 0],
          [0, 1],
        ],
        [
          [7, 0.1],
          [0.1, 7],
        ],
      ),
    ).not.toThrow()
  })
})
