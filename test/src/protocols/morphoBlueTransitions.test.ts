import { MarketUtils } from '@morpho-org/blue-sdk'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { WAD } from '../../../src/math/wad'
import { marketKey, oracleFeed } from '../../../src/protocols/morpho-blue/keys'
import {
  accrued,
  borrowed,
  liquidated,
  liquidatedBalances,
  liquidationIncentive,
  repaid,
  supplied,
  type Totals,
  withdrawn,
} from '../../../src/protocols/morpho-blue/transitions'

const totals: Totals = { supplyAssets: 1000n, supplyShares: 1_000_000n, borrowAssets: 800n, borrowShares: 800_000n }
const amounts = { assets: 10n, shares: 9_000n }

describe('totals', () => {
  it('follow supplies and loans, and the way back', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 2n ** 128n), fc.bigInt(0n, 2n ** 128n), (assets, shares) => {
        expect(withdrawn(supplied(totals, { assets, shares }), { assets, shares })).toEqual(totals)
        expect(repaid(borrowed(totals, { assets, shares }), { assets, shares })).toEqual(totals)
      }),
    )
    expect(supplied(totals, amounts)).toEqual({ ...totals, supplyAssets: 1010n, supplyShares: 1_009_000n })
    expect(borrowed(totals, amounts)).toEqual({ ...totals, borrowAssets: 810n, borrowShares: 809_000n })
  })

  it('end at zero when the last repayment is a unit more than is owed', () => {
    expect(repaid(totals, { assets: 801n, shares: 800_000n })).toMatchObject({ borrowAssets: 0n, borrowShares: 0n })
  })

  it('grow by interest on both sides, and by fee shares on the lenders’', () => {
    expect(accrued(totals, { interest: 7n, feeShares: 3n })).toEqual({
      supplyAssets: 1007n,
      supplyShares: 1_000_003n,
      borrowAssets: 807n,
      borrowShares: 800_000n,
    })
  })

  it('take bad debt from the lenders', () => {
    const event = {
      repaidAssets: 300n,
      repaidShares: 300_000n,
      seizedAssets: 5n,
      badDebtAssets: 100n,
      badDebtShares: 100_000n,
    }
    expect(liquidated(totals, event)).toEqual({
      supplyAssets: 900n,
      supplyShares: 1_000_000n,
      borrowAssets: 400n,
      borrowShares: 400_000n,
    })
    expect(liquidatedBalances('borrower', event)).toEqual([
      { account: 'borrower', side: 'borrow', change: -400_000n },
      { account: 'borrower', side: 'collateral', change: -5n },
    ])
  })
})

it('computes the incentive as the contract does', () => {
  fc.assert(
    fc.property(fc.bigInt(0n, WAD - 1n), (lltv) => {
      expect(liquidationIncentive(lltv)).toBe(MarketUtils.getLiquidationIncentiveFactor({ lltv }))
    }),
  )
})

describe('keys', () => {
  const morpho = `0x${'a'.repeat(40)}` as const
  const id = `0x${'b'.repeat(64)}` as const

  it('name the contract only where a chain has several', () => {
    expect(marketKey(morpho, id, true).market).toBe(id)
    expect(marketKey(morpho, id, false).market).toBe(`${morpho}:${id}`)
  })

  it('keep a market’s oracle apart from a feed at the same address', () => {
    expect(oracleFeed(morpho)).not.toBe(morpho)
  })
})
