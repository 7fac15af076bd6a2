import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ConcentratedLeaf, concentrationAddOn } from '../../../engine/haircut/concentrationAddOn'
import { chargedUpTo, concentrationCharge } from '../../../engine/haircut/concentrationCharge'
import { propertyRuns } from '../propertyRuns'

const amount = fc.double({ min: 0, max: 1e7, noNaN: true })
const floor = fc.double({ min: 0, max: 1, noNaN: true })

/** The integral by midpoints, to compare the closed form with. */
function integrated(exposure: number, threshold: number, h: number, steps = 20_000): number {
  let sum = 0
  for (let step = 0; step < steps; step++) {
    const q = ((step + 0.5) * exposure) / steps
    sum += Math.min(1, h * Math.sqrt(Math.max(1, q / threshold)))
  }
  return (sum * exposure) / steps - h * exposure
}

describe('concentrationCharge', () => {
  it('is nothing up to the threshold, then the integral of the marginal charge', () => {
    expect(concentrationCharge(100, 100, 0.4)).toBeCloseTo(0, 12)
    expect(concentrationCharge(50, 100, 0.4)).toBe(0)
    // 0.4·100 + ⅔·0.4·(400·2 − 100) − 0.4·400
    expect(concentrationCharge(400, 100, 0.4)).toBeCloseTo(40 + (0.8 / 3) * 700 - 160, 9)
    // Saturated from 625 on: every further USD is charged whole.
    expect(concentrationCharge(1000, 100, 0.4) - concentrationCharge(900, 100, 0.4)).toBeCloseTo(60, 9)
    expect(chargedUpTo(625, 100, 0.4)).toBeCloseTo(40 + (0.8 / 3) * (625 * 2.5 - 100), 9)
  })

  it('equals the integral at the figures of the methodology', () => {
    for (const exposure of [1e6, 2.8e6, 4e6, 6.3e6, 1e7]) {
      expect(concentrationCharge(exposure, 1e6, 0.4) / integrated(exposure, 1e6, 0.4) || 1).toBeCloseTo(1, 4)
    }
  })

  it('charges all that is left where nothing can be sold unnoticed', () => {
    expect(concentrationCharge(100, 0, 0.4)).toBeCloseTo(60, 12)
    expect(concentrationCharge(0, 0, 0.4)).toBe(0)
    expect(concentrationCharge(-5, 10, 0.4)).toBe(0)
    expect(concentrationCharge(100, 10, 0)).toBe(0)
    expect(concentrationCharge(100, 10, 1)).toBe(0)
    expect(chargedUpTo(5, 10, 1)).toBe(5)
    expect(chargedUpTo(5, 10, 2)).toBe(5)
  })

  it('never makes more of a thing worth less, and is never negative', () => {
    fc.assert(
      fc.property(
        amount,
        amount,
        fc.double({ min: 1, max: 1e6, noNaN: true }),
        floor,
        (exposure, extra, threshold, h) => {
          const worth = (q: number) => q - h * q - concentrationCharge(q, threshold, h)
          const charge = concentrationCharge(exposure, threshold, h)
          return (
            charge >= -1e-6 && charge <= (1 - h) * exposure + 1e-6 && worth(exposure + extra) >= worth(exposure) - 1e-6
          )
        },
      ),
      { numRuns: propertyRuns(2000), seed: 3 },
    )
  })

  it('falls with the threshold and scales with both', () => {
    fc.assert(
      fc.property(
        amount,
        fc.double({ min: 1, max: 1e6, noNaN: true }),
        floor,
        fc.double({ min: 1, max: 5, noNaN: true }),
        (q, t, h, up) => {
          const charge = concentrationCharge(q, t, h)
          return (
            concentrationCharge(q, t * up, h) <= charge + 1e-6 &&
            Math.abs(concentrationCharge(2 * q, 2 * t, h) - 2 * charge) <= 1e-9 * (1 + q)
          )
        },
      ),
      { numRuns: propertyRuns(1000), seed: 3 },
    )
  })
})

describe('concentrationAddOn', () => {
  const leaf = (credit: number, keys: ConcentratedLeaf['keys'], h = 0.4): ConcentratedLeaf => ({
    credit,
    floor: h,
    keys,
  })

  it('charges the dearest axis and lists every charge', () => {
    const leaves = [
      leaf(400, { asset: 'WETH', chain: 'alpha' }),
      leaf(400, { asset: 'WBTC', chain: 'alpha' }),
      leaf(100, { asset: 'USDC', chain: 'beta', issuer: null }),
    ]
    const found = concentrationAddOn(leaves, (axis) => (axis === 'asset' ? 200 : 100))
    expect(found.axis).toBe('chain')
    expect(found.amount).toBeCloseTo(concentrationCharge(800, 100, 0.4), 12)
    expect(found.charges.map(({ axis, key }) => `${axis}:${key}`)).toEqual(['asset:WBTC', 'asset:WETH', 'chain:alpha'])
    expect(found.charges[0]).toEqual({
      axis: 'asset',
      key: 'WBTC',
      exposure: 400,
      threshold: 200,
      charge: concentrationCharge(400, 200, 0.4),
    })
    const other = concentrationAddOn(leaves, (axis) => (axis === 'asset' ? 50 : 1000))
    expect(other.axis).toBe('asset')
    expect(other.amount).toBeCloseTo(2 * concentrationCharge(400, 50, 0.4) + concentrationCharge(100, 50, 0.4), 9)
  })

  it('names the first axis of equal ones, and none without a charge', () => {
    const both = [leaf(400, { asset: 'WETH', curator: 'c' })]
    expect(concentrationAddOn(both, () => 100).axis).toBe('asset')
    expect(concentrationAddOn(both, () => 1000)).toEqual({ amount: 0, axis: null, charges: [] })
    expect(concentrationAddOn([leaf(0, { asset: 'WETH' }), leaf(-5, { asset: 'WETH' })], () => 0)).toEqual({
      amount: 0,
      axis: null,
      charges: [],
    })
  })

  it('stacks different floors by rising floor', () => {
    const mixed = [leaf(300, { issuer: 'x' }, 0.5), leaf(200, { issuer: 'x' }, 0.1)]
    const expected =
      chargedUpTo(200, 100, 0.1) + (chargedUpTo(500, 100, 0.5) - chargedUpTo(200, 100, 0.5)) - 0.1 * 200 - 0.5 * 300
    expect(concentrationAddOn(mixed, () => 100).amount).toBeCloseTo(expected, 9)
    expect(concentrationAddOn([...mixed].reverse(), () => 100).amount).toBe(concentrationAddOn(mixed, () => 100).amount)
  })

  it('never makes more collateral worth less, whatever is mixed', () => {
    const row = fc.record({
      credit: fc.double({ min: 0, max: 1e6, noNaN: true }),
      floor: fc.constantFrom(0, 0.02, 0.2, 0.35, 1),
      keys: fc.record({
        asset: fc.constantFrom('A', 'B', 'C'),
        issuer: fc.constantFrom('i', 'j', null),
        chain: fc.constantFrom('alpha', 'beta'),
      }),
    })
    const threshold = (total: number) => (axis: string) => (axis === 'asset' ? 5e4 : 0.4 * total)
    const worth = (leaves: readonly ConcentratedLeaf[]) => {
      const total = leaves.reduce((sum, { credit }) => sum + credit, 0)
      const found = concentrationAddOn(leaves, threshold(total))
      return { net: total - found.amount, amount: found.amount }
    }
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 6 }), row, (leaves, extra) => {
        const [before, after] = [worth(leaves), worth([...leaves, extra])]
        return before.amount >= 0 && before.net >= -1e-6 && after.net >= before.net - 1e-6
      }),
      { numRuns: propertyRuns(3000), seed: 12 },
    )
  })
})
