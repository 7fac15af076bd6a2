import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compoundInterest, linearInterest } from '../../../src/math/interest'
import { divRayDown, divRayHalfUp, divRayUp, mulRayDown, mulRayHalfUp, mulRayUp, RAY } from '../../../src/math/ray'

const amount = fc.bigInt(0n, 2n ** 128n)
const index = fc.bigInt(1n, 10n ** 33n)

describe('rays', () => {
  it('rounds one third and one half by the name', () => {
    const third = RAY / 3n
    expect([mulRayDown(1n, third), mulRayUp(1n, third), mulRayHalfUp(1n, third)]).toEqual([0n, 1n, 0n])
    expect([mulRayDown(1n, RAY / 2n), mulRayUp(1n, RAY / 2n), mulRayHalfUp(1n, RAY / 2n)]).toEqual([0n, 1n, 1n])
    expect([divRayDown(1n, 3n * RAY), divRayUp(1n, 3n * RAY), divRayHalfUp(1n, 2n * RAY)]).toEqual([0n, 1n, 1n])
  })

  it('keeps exact quotients and products as they are', () => {
    fc.assert(
      fc.property(amount, (value) => {
        const results = [mulRayDown, mulRayUp, mulRayHalfUp, divRayDown, divRayUp, divRayHalfUp].map((of) =>
          of(value, RAY),
        )
        expect(new Set(results)).toEqual(new Set([value]))
      }),
    )
  })

  it('keeps down ≤ half up ≤ up, at most one apart', () => {
    fc.assert(
      fc.property(amount, index, (value, by) => {
        for (const [down, half, up] of [
          [mulRayDown(value, by), mulRayHalfUp(value, by), mulRayUp(value, by)],
          [divRayDown(value, by), divRayHalfUp(value, by), divRayUp(value, by)],
        ] as const) {
          expect(down <= half && half <= up && up - down <= 1n).toBe(true)
        }
      }),
    )
  })
})

describe('interest', () => {
  it('is nothing in no time', () => {
    expect(linearInterest(RAY / 20n, 0n)).toBe(RAY)
    expect(compoundInterest(RAY / 20n, 0n)).toBe(RAY)
  })

  it('is the rate after a year, and for compound interest e^rate to within its third order', () => {
    const rate = RAY / 10n
    expect(linearInterest(rate, 31_536_000n)).toBe(RAY + rate)
    const compound = Number(compoundInterest(rate, 31_536_000n)) / Number(RAY)
    expect(compound).toBeCloseTo(Math.exp(0.1), 5)
    expect(compound).toBeLessThan(Math.exp(0.1))
  })
})
