import fc from 'fast-check'
import { getAddress } from 'viem'
import { describe, expect, it } from 'vitest'
import { WAD } from '../../../src/math/wad'
import {
  addressesIn,
  assetsHeld,
  flagsOf,
  INDEX_SCALE,
  liquidationIncentive,
  type RateCurve,
  rateAt,
  sidesOf,
  utilization,
} from '../../../src/protocols/compound-v3/transitions'

const runs = { numRuns: 500 }
const wad = fc.bigInt({ min: 0n, max: WAD })
const curve: fc.Arbitrary<RateCurve> = fc.record({
  kink: wad,
  base: fc.bigInt({ min: 0n, max: 10n ** 11n }),
  slopeLow: fc.bigInt({ min: 0n, max: 10n ** 11n }),
  slopeHigh: fc.bigInt({ min: 0n, max: 10n ** 13n }),
})

describe('rates', () => {
  it('follow the low slope to the kink and the high one beyond it', () => {
    const steep = { kink: WAD / 2n, base: 10n, slopeLow: 100n, slopeHigh: 1000n }
    expect(rateAt(steep, 0n)).toBe(10n)
    expect(rateAt(steep, WAD / 2n)).toBe(60n)
    expect(rateAt(steep, WAD)).toBe(560n)
  })

  it('never fall as more is borrowed', () => {
    fc.assert(
      fc.property(curve, wad, wad, (one, used, more) => rateAt(one, used) <= rateAt(one, used + more)),
      runs,
    )
  })

  it('use nothing of an empty market and all of one that owes what it holds', () => {
    const totals = { baseSupplyIndex: 2n * INDEX_SCALE, baseBorrowIndex: 3n * INDEX_SCALE }
    expect(utilization({ ...totals, totalSupplyBase: 0n, totalBorrowBase: 5n })).toBe(0n)
    expect(utilization({ ...totals, totalSupplyBase: 300n, totalBorrowBase: 200n })).toBe(WAD)
  })
})

describe('what is stored', () => {
  it('tells the sides of a principal apart', () => {
    expect(sidesOf(-7n)).toEqual({ supply: 0n, borrow: 7n })
    expect(sidesOf(7n)).toEqual({ supply: 7n, borrow: 0n })
    expect(sidesOf(0n)).toEqual({ supply: 0n, borrow: 0n })
  })

  it('knows which of 24 assets an account holds', () => {
    expect(assetsHeld(0b101, 0)).toBe(0b101n)
    expect(assetsHeld(1 << 15, 0b1000_0001)).toBe((1n << 15n) | (1n << 16n) | (1n << 23n))
  })

  it('names every pause by its bit', () => {
    expect(flagsOf(0)).toBe('active,borrowing')
    expect(flagsOf(0b00100)).toBe('active,borrowing,withdrawPaused')
    expect(flagsOf(0b11011)).toBe('absorbPaused,active,borrowing,buyPaused,supplyPaused,transferPaused')
  })

  it('takes at least what the liquidation factor says', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: WAD }), (factor) => {
        const incentive = liquidationIncentive(factor)
        return incentive >= WAD && (incentive * factor >= WAD * WAD || incentive === 10n ** 27n)
      }),
      runs,
    )
    expect(liquidationIncentive(0n)).toBe(10n ** 27n)
  })
})

describe('addresses in the data of a call', () => {
  const address = fc.stringMatching(/^[1-9a-f][0-9a-f]{39}$/)
  const bytes = fc.stringMatching(/^([0-9a-f]{2}){0,40}$/)

  it('are found wherever they stand', () => {
    fc.assert(
      fc.property(bytes, address, bytes, address, (before, one, between, other) => {
        const word = (text: string) => text.padStart(64, '0')
        const found = addressesIn(`0x${before}${word(one)}${between}${word(other)}`)
        return found.includes(`0x${one}`) && found.includes(`0x${other}`)
      }),
      runs,
    )
  })

  it('are not made of small numbers', () => {
    expect(addressesIn(`0xa9059cbb${'5'.padStart(64, '0')}${'ffffff'.padStart(64, '0')}`)).toEqual([])
    expect(addressesIn('0x')).toEqual([])
    expect(getAddress(addressesIn(`0x12345678${'0'.repeat(24)}${'ab'.repeat(20)}`)[0]!)).toBe(
      getAddress(`0x${'ab'.repeat(20)}`),
    )
  })
})
