import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assetsDown, metaMorphoRate, metaMorphoTotalAssets, plainRate, virtualRate } from '../../../src/math/vaultRates'

const amount = fc.bigInt({ min: 0n, max: 10n ** 30n })
const wad = 10n ** 18n

describe('rates of vaults', () => {
  it('count virtual shares where there are some', () => {
    const totals = { totalAssets: 1_100n, totalSupply: 1_000n }
    expect(assetsDown(500n, virtualRate(totals, 0))).toBe((500n * 1_101n) / 1_001n)
    expect(assetsDown(500n, plainRate(totals))).toBe(550n)
    const empty = { totalAssets: 0n, totalSupply: 0n }
    expect(assetsDown(10n ** 6n, virtualRate(empty, 6))).toBe(1n)
    expect(assetsDown(1_000n, plainRate(empty))).toBe(1_000n)
  })

  it('stand the decimals and amounts of anybody', () => {
    const huge = { totalAssets: 2n ** 255n, totalSupply: 2n ** 255n }
    expect(assetsDown(2n ** 255n, virtualRate(huge, -18))).toBe(2n ** 255n)
    expect(assetsDown(1n, virtualRate({ totalAssets: 0n, totalSupply: 0n }, 36))).toBe(0n)
  })

  it('never let all shares redeem for more than there is', () => {
    fc.assert(
      fc.property(amount, amount, fc.integer({ min: 0, max: 12 }), (totalAssets, totalSupply, offset) => {
        expect(assetsDown(totalSupply, virtualRate({ totalAssets, totalSupply }, offset)) <= totalAssets).toBe(true)
      }),
    )
  })
})

describe('rates of vaults that take a fee from interest', () => {
  const terms = { totalSupply: 1_000n * wad, offset: 12, lastTotalAssets: 1_000_000_000n, lostAssets: null }

  it('leave the fee to its recipient as shares', () => {
    const rate = metaMorphoRate(1_100_000_000n, { ...terms, fee: wad / 10n })
    // A tenth of the 100 earned is the recipient's: everybody else has 1,090.
    expect(assetsDown(terms.totalSupply, rate)).toBe(1_089_999_999n)
    expect(assetsDown(terms.totalSupply, metaMorphoRate(1_100_000_000n, { ...terms, fee: 0n }))).toBe(1_099_999_999n)
  })

  it('take no fee on a loss', () => {
    const [with10, without] = [wad / 10n, 0n].map((fee) => metaMorphoRate(900_000_000n, { ...terms, fee }))
    expect(with10).toEqual(without)
  })

  it('go on counting what was lost in version 1.1 only', () => {
    const lost = { lastTotalAssets: 1_000n, lostAssets: 0n }
    expect(metaMorphoTotalAssets(900n, { ...lost, lostAssets: null })).toBe(900n)
    expect(metaMorphoTotalAssets(900n, lost)).toBe(1_000n)
    expect(metaMorphoTotalAssets(1_050n, lost)).toBe(1_050n)
    // What was lost before stays counted beside what is earned since.
    expect(metaMorphoTotalAssets(950n, { lastTotalAssets: 1_000n, lostAssets: 100n })).toBe(1_050n)
  })

  it('never fall below the last total in version 1.1', () => {
    fc.assert(
      fc.property(amount, amount, fc.double({ min: 0, max: 1, noNaN: true }), (real, last, part) => {
        const lostAssets = (last * BigInt(Math.floor(part * 1e6))) / 1_000_000n
        expect(metaMorphoTotalAssets(real, { lastTotalAssets: last, lostAssets }) >= last).toBe(true)
      }),
    )
  })
})
