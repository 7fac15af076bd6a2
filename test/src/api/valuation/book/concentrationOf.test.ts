import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { concentration } from '../../../../../engine/measures/book/concentration'
import { concentrationOf } from '../../../../../src/api/valuation/book/concentrationOf'
import { noSums, type Sums, Tally } from '../../../../../src/api/valuation/book/tally'

const one = 10n ** 18n
const side = fc.record({
  value: fc.bigInt({ min: 0n, max: 10n ** 24n }),
  positions: fc.constant(1),
  unvalued: fc.constant(0),
})
const sums: fc.Arbitrary<Sums> = fc.record({ held: side, owed: side })
const keys = fc.uniqueArray(fc.option(fc.string({ maxLength: 4 }), { nil: null }), { minLength: 1, maxLength: 30 })
const entries = keys.chain((names) => fc.tuple(...names.map((name) => fc.tuple(fc.constant(name), sums))))
const add = (values: readonly bigint[]) => values.reduce((left, right) => left + right, 0n)

describe('concentrationOf', () => {
  it('gives rows and others that sum to the total, and shares that sum to one', () => {
    fc.assert(
      fc.property(entries, fc.integer({ min: 1, max: 35 }), (book, limit) => {
        const { total, rows, others, keys: count } = concentrationOf(book, limit)
        const parts = others === null ? rows : [...rows, others]
        expect(count).toBe(book.length)
        expect(rows.length).toBe(Math.min(limit, book.length))
        expect(others?.keys ?? 0).toBe(book.length - rows.length)
        expect(add(parts.map(({ held }) => held.value))).toBe(total.held.value)
        expect(add(parts.map(({ owed }) => owed.value))).toBe(total.owed.value)
        if (total.held.value === 0n) expect(parts.every(({ share }) => share === null)).toBe(true)
        else expect(add(parts.map(({ share }) => share!))).toBe(one)
      }),
    )
  })

  it('has an index within [1/n, 1] that no limit and no order changes, and that agrees with the engine’s', () => {
    fc.assert(
      fc.property(entries, (book) => {
        fc.pre(book.some(([, { held }]) => held.value > 0n))
        const { herfindahl, effectiveNumber } = concentrationOf(book, 5)
        expect(herfindahl! * BigInt(book.length)).toBeGreaterThanOrEqual(one)
        expect(herfindahl!).toBeLessThanOrEqual(one)
        expect(effectiveNumber!).toBeLessThanOrEqual(BigInt(book.length) * one)
        expect(effectiveNumber!).toBeGreaterThanOrEqual(one)
        const again = concentrationOf([...book].reverse(), 1)
        expect([again.herfindahl, again.effectiveNumber]).toEqual([herfindahl, effectiveNumber])
        const measured = concentration(book.map(([key, { held }]) => ({ key: `${key}`, value: Number(held.value) })))
        if (!book.some(([key]) => key === 'null'))
          expect(Number(herfindahl) / 1e18).toBeCloseTo(measured.herfindahl!, 12)
      }),
    )
  })

  it('ranks by value, then by key, with what has no key last', () => {
    const worth = (value: bigint): Sums => ({ ...noSums, held: { value, positions: 1, unvalued: 0 } })
    const ranked = concentrationOf(
      [
        [null, worth(5n)],
        ['b', worth(5n)],
        ['a', worth(5n)],
        ['c', worth(9n)],
      ],
      10,
    )
    expect(ranked.rows.map(({ key }) => key)).toEqual(['c', 'a', 'b', null])
  })

  it('knows no share and no index of nothing', () => {
    expect(concentrationOf([], 10)).toEqual({
      total: noSums,
      keys: 0,
      rows: [],
      others: null,
      herfindahl: null,
      effectiveNumber: null,
    })
  })
})

describe('Tally', () => {
  it('keeps debts beside values, and counts what has no value without adding it', () => {
    const tally = new Tally()
    tally.add('a', { isDebt: false, value: 7n })
    tally.add('a', { isDebt: true, value: 9n })
    tally.add('a', { isDebt: false, value: null })
    tally.add(null, { isDebt: true, value: null })
    expect(tally.get('a')).toEqual({
      held: { value: 7n, positions: 2, unvalued: 1 },
      owed: { value: 9n, positions: 1, unvalued: 0 },
    })
    expect(tally.get(null).owed).toEqual({ value: 0n, positions: 1, unvalued: 1 })
    expect(tally.total().owed.positions).toBe(2)
  })
})
