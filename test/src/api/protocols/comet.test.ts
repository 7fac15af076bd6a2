import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cometIndexes, presentValueDown } from '../../../../src/api/protocols/cometAccrual'
import { type CometHealthInput, cometHealth } from '../../../../src/api/protocols/cometHealth'

const WAD = 10n ** 18n
const scale = 10n ** 15n
const runs = { numRuns: 500 }
const amount = fc.bigInt({ min: 0n, max: 10n ** 26n })
const index = fc.bigInt({ min: scale, max: 4n * scale })
const rate = fc.bigInt({ min: 0n, max: 10n ** 11n })
const seconds = fc.bigInt({ min: 0n, max: 400_000_000n })

describe('accrual', () => {
  const state = (supplyIndex: bigint, borrowRate: bigint) => ({
    ...{ supplyIndex: String(supplyIndex), borrowIndex: String(scale), supplyRate: '0', accruedAt: '1000' },
    borrowRate: String(borrowRate),
  })

  it('is simple interest on the stored index, rounded down', () => {
    const { supplyIndex, borrowIndex } = cometIndexes(state(3n * scale + 1n, 1_000_000_007n), 1_013n)
    expect(supplyIndex).toBe(3n * scale + 1n)
    expect(borrowIndex).toBe(scale + (scale * 1_000_000_007n * 13n) / WAD)
  })

  it('is nothing at once, never falls, and accrued twice is at least as much', () => {
    fc.assert(
      fc.property(index, rate, seconds, seconds, (start, perSecond, one, more) => {
        const from = { borrowIndex: String(start), supplyIndex: String(start), supplyRate: '0', accruedAt: '0' }
        const at = (time: bigint, borrowIndex = start, accruedAt = 0n) =>
          cometIndexes(
            { ...from, borrowIndex: String(borrowIndex), borrowRate: String(perSecond), accruedAt: String(accruedAt) },
            time,
          ).borrowIndex
        const half = at(one)
        const twice = at(one + more, half, one)
        // Each of the two roundings loses less than one.
        return at(0n) === start && half >= start && twice + 2n >= at(one + more)
      }),
      runs,
    )
  })

  it('rounds what is supplied and what is owed down', () => {
    expect(presentValueDown(3n, scale + scale / 2n)).toBe(4n)
    fc.assert(
      fc.property(amount, index, (principal, at) => {
        const value = presentValueDown(principal, at)
        return value * scale <= principal * at && (value + 1n) * scale > principal * at
      }),
      runs,
    )
  })
})

/** The contract's own decision, written from what it does: liquidity falls by the debt and grows by every weighed pledge. */
function isLiquidatable({ pledges, debt, baseDecimals, basePrice }: CometHealthInput): boolean {
  let liquidity = -((debt * basePrice!) / 10n ** BigInt(baseDecimals))
  for (const { amount: held, decimals, price, liquidateCollateralFactor } of pledges) {
    if (liquidity >= 0n) return false
    liquidity += (((held * price!) / 10n ** BigInt(decimals)) * liquidateCollateralFactor) / WAD
  }
  return liquidity < 0n
}

describe('health', () => {
  const price = fc.bigInt({ min: 1n, max: 10n ** 13n })
  const input = fc.record({
    pledges: fc.array(
      fc.record({
        amount,
        decimals: fc.integer({ min: 0, max: 18 }),
        price,
        liquidateCollateralFactor: fc.bigInt({ min: 0n, max: WAD }),
      }),
      { maxLength: 5 },
    ),
    debt: amount,
    baseDecimals: fc.integer({ min: 6, max: 18 }),
    basePrice: price,
  })

  it('is below one exactly while the contract calls the account liquidatable', () => {
    fc.assert(
      fc.property(input, (account) => {
        const { healthFactorRaw } = cometHealth(account)
        return (healthFactorRaw !== null && healthFactorRaw < WAD) === isLiquidatable(account)
      }),
      runs,
    )
  })

  it('agrees on both sides of the border', () => {
    const one = { amount: WAD, decimals: 18, price: 2000_00000000n, liquidateCollateralFactor: WAD / 2n }
    const at = (debt: bigint) => cometHealth({ pledges: [one], debt, baseDecimals: 6, basePrice: 10n ** 8n })
    expect(at(1000_000000n).healthFactorRaw).toBe(WAD)
    expect(at(1000_000001n).healthFactorRaw).toBeLessThan(WAD)
    expect(at(0n).healthFactorRaw).toBeNull()
  })

  it('is unknown while a price that counts is', () => {
    const one = { amount: 1n, decimals: 18, price: null, liquidateCollateralFactor: WAD }
    const unknown = { collateralBaseRaw: null, debtBaseRaw: null, healthFactorRaw: null }
    expect(cometHealth({ pledges: [one], debt: 0n, baseDecimals: 6, basePrice: 1n })).toEqual(unknown)
    expect(cometHealth({ pledges: [], debt: 1n, baseDecimals: 6, basePrice: null })).toEqual(unknown)
    expect(cometHealth({ pledges: [], debt: 0n, baseDecimals: 6, basePrice: null }).debtBaseRaw).toBe(0n)
  })

  it('counts in the base token whatever the feeds count in', () => {
    const one = { amount: WAD, decimals: 18, liquidateCollateralFactor: WAD }
    const inDollars = { pledges: [{ ...one, price: 3000_00000000n }], basePrice: 1_50000000n }
    const inEther = { pledges: [{ ...one, price: 2000_00000000n }], basePrice: 1_00000000n }
    for (const feeds of [inDollars, inEther])
      expect(cometHealth({ ...feeds, debt: 500_000000n, baseDecimals: 6 })).toEqual({
        ...{ collateralBaseRaw: 2000_000000n, debtBaseRaw: 500_000000n, healthFactorRaw: 4n * WAD },
      })
  })
})
