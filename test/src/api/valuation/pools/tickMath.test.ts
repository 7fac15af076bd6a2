import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { highestTick, lowestTick, sqrtPriceAtTick } from '../../../../../src/api/valuation/pools/tickMath'

describe('prices at ticks', () => {
  it('are the pool’s own at the ends and in the middle', () => {
    expect(sqrtPriceAtTick(lowestTick)).toBe(4295128739n)
    expect(sqrtPriceAtTick(highestTick)).toBe(1461446703485210103287273052203988822378723970342n)
    expect(sqrtPriceAtTick(0)).toBe(2n ** 96n)
    expect(() => sqrtPriceAtTick(highestTick + 1)).toThrow(RangeError)
  })

  it('rise by a hundredth of a percent, squared, from one to the next', () => {
    fc.assert(
      fc.property(fc.integer({ min: -400_000, max: 400_000 }), (tick) => {
        const [low, high] = [sqrtPriceAtTick(tick), sqrtPriceAtTick(tick + 1)]
        const ratio = Number((high * high * 10n ** 15n) / (low * low)) / 1e15
        expect(Math.abs(ratio - 1.0001)).toBeLessThan(1e-9)
      }),
    )
  })
})
