import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { minimise } from '../../../simulator/shrink/minimise'

const numbers = (length: number) => Array.from({ length }, (_, index) => index)

describe('minimise', () => {
  it('finds the one item that fails alone', async () => {
    const kept = await minimise(numbers(200), async (items) => items.includes(137), 100)
    expect(kept).toEqual([137])
  })

  it('finds two items that fail only together, wherever they stand', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.integer({ min: 0, max: 59 }), { minLength: 2, maxLength: 2 }),
        async (pair) => {
          const kept = await minimise(numbers(60), async (items) => pair.every((item) => items.includes(item)), 1_000)
          expect(kept).toEqual([...pair].sort((a, b) => a - b))
        },
      ),
    )
  })

  it('keeps the order and never returns what does not fail', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 0, max: 30 }),
        async (items, budget) => {
          const fails = async (candidate: readonly number[]) => candidate.some((item) => item === items.at(-1))
          const kept = await minimise(items, fails, budget)
          expect(await fails(kept)).toBe(true)
          let position = 0
          for (const item of items) if (item === kept[position]) position += 1
          expect(position).toBe(kept.length)
        },
      ),
    )
  })

  it('asks no more often than it may', async () => {
    let asked = 0
    const kept = await minimise(
      numbers(100),
      async (items) => {
        asked += 1
        return items.includes(3)
      },
      4,
    )
    expect(asked).toBe(4)
    expect(kept).toContain(3)
    expect(kept.length).toBeLessThan(100)
  })
})
