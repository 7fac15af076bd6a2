import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bookLosses } from '../../../../engine/measures/book/bookLosses'
import { concentration } from '../../../../engine/measures/book/concentration'
import { gap, runs } from '../property'

describe('concentration', () => {
  it('adds up equal keys and ranks them', () => {
    const result = concentration(
      [
        { key: 'aave', value: 20 },
        { key: 'morpho', value: 40 },
        { key: 'aave', value: 30 },
        { key: 'comet', value: 10 },
      ],
      2,
    )
    expect(result.total).toBe(100)
    expect(result.herfindahl).toBeCloseTo(0.25 + 0.16 + 0.01, 15)
    expect(result.effectiveNumber).toBeCloseTo(1 / 0.42, 13)
    expect(result.top).toEqual([
      { key: 'aave', value: 50, share: 0.5 },
      { key: 'morpho', value: 40, share: 0.4 },
    ])
    expect(result.topShare).toBeCloseTo(0.9, 15)
  })

  it('counts equal exposures as many as they are, ties by key', () => {
    const result = concentration(
      ['d', 'b', 'a', 'c'].map((key) => ({ key, value: 5 })),
      3,
    )
    expect(result.effectiveNumber).toBe(4)
    expect(result.top.map(({ key }) => key)).toEqual(['a', 'b', 'c'])
    expect(concentration([{ key: 'a', value: 3 }])).toMatchObject({ herfindahl: 1, effectiveNumber: 1, topShare: 1 })
    expect(concentration(Array.from({ length: 9 }, (_, i) => ({ key: `${i}`, value: 1 }))).top).toHaveLength(5)
  })

  it('is unknown without exposure', () => {
    const nothing = { total: 0, herfindahl: null, effectiveNumber: null, top: [], topShare: null }
    expect(concentration([])).toEqual(nothing)
    expect(concentration([{ key: 'a', value: 0 }])).toEqual(nothing)
  })

  it('is bounded, blind to order and scale, and never falls when two keys merge', () => {
    const rows = fc.array(
      fc.record({ key: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), value: fc.integer({ min: 0, max: 1e6 }) }),
      {
        minLength: 1,
        maxLength: 20,
      },
    )
    fc.assert(
      fc.property(rows, (exposures) => {
        fc.pre(exposures.some(({ value }) => value > 0))
        const result = concentration(exposures, 3)
        expect(result.herfindahl).toBeGreaterThan(1 / 6 - 1e-12)
        expect(result.herfindahl).toBeLessThanOrEqual(1 + 1e-12)
        expect(result.topShare).toBeGreaterThanOrEqual(0.5 - 1e-12)
        expect(result.topShare).toBeLessThanOrEqual(1)
        expect(concentration([...exposures].reverse(), 3)).toEqual(result)
        const scaled = concentration(
          exposures.map((row) => ({ ...row, value: row.value * 8 })),
          3,
        )
        expect(scaled.herfindahl).toBe(result.herfindahl)
        const merged = concentration(
          exposures.map((row) => ({ ...row, key: row.key === 'b' ? 'a' : row.key })),
          3,
        )
        expect(merged.herfindahl).toBeGreaterThanOrEqual(result.herfindahl! - 1e-12)
      }),
      runs,
    )
  })

  it('refuses impossible inputs', () => {
    expect(() => concentration([{ key: 'a', value: -1 }])).toThrow('/exposures/0/value')
    expect(() => concentration([{ key: 'a', value: Number.NaN }])).toThrow('/exposures/0/value')
    expect(() => concentration([], 0)).toThrow('/count')
  })
})

describe('bookLosses', () => {
  it('adds bad debt and covers the one and two largest, scenario by scenario', () => {
    const result = bookLosses([
      [5, 0, 1],
      [3, 8, 1],
      [9, 1, 1],
      [4, 0, 1],
    ])
    expect(Array.from(result.total)).toEqual([21, 9, 4])
    expect(Array.from(result.coverOne)).toEqual([9, 8, 1])
    expect(Array.from(result.coverTwo)).toEqual([14, 9, 2])
    expect(result).toMatchObject({ worstTotal: 21, worstCoverOne: 9, worstCoverTwo: 14, worstScenario: 0 })
  })

  it('takes the worst scenario of each measure by itself, the lowest of equals', () => {
    expect(
      bookLosses([
        [4, 10],
        [4, 0],
        [4, 0],
      ]),
    ).toMatchObject({
      worstTotal: 12,
      worstScenario: 0,
      worstCoverOne: 10,
      worstCoverTwo: 10,
    })
    expect(bookLosses([[0, 3, 3]]).worstScenario).toBe(1)
    expect(bookLosses([[0, 0]])).toMatchObject({ worstTotal: 0, worstScenario: 0, worstCoverTwo: 0 })
  })

  it('is ordered, and covers everything with two accounts', () => {
    const books = fc
      .integer({ min: 1, max: 6 })
      .chain((scenarios) =>
        fc.array(
          fc.array(fc.double({ min: 0, max: 1e9, noNaN: true }), { minLength: scenarios, maxLength: scenarios }),
          { minLength: 1, maxLength: 8 },
        ),
      )
    fc.assert(
      fc.property(books, (badDebt) => {
        const { total, coverOne, coverTwo } = bookLosses(badDebt)
        for (const [s, sum] of total.entries()) {
          const sorted = badDebt.map((row) => row[s]!).sort((a, b) => b - a)
          expect(coverOne[s]).toBe(sorted[0])
          expect(gap(coverTwo[s]!, sorted[0]! + (sorted[1] ?? 0))).toBeLessThan(1e-14)
          expect(coverTwo[s]).toBeLessThanOrEqual(sum * (1 + 1e-14))
          if (badDebt.length <= 2) expect(gap(coverTwo[s]!, sum)).toBeLessThan(1e-14)
        }
      }),
      runs,
    )
  })

  it('refuses impossible inputs', () => {
    expect(() => bookLosses([])).toThrow('/badDebt')
    expect(() => bookLosses([[]])).toThrow('/badDebt')
    expect(() => bookLosses([[1], [1, 2]])).toThrow('/badDebt/1: give 1 elements')
    expect(() => bookLosses([[1], [-1]])).toThrow('/badDebt/1/0')
    expect(() => bookLosses([[1, Number.NaN]])).toThrow('/badDebt/0/1')
  })
})
