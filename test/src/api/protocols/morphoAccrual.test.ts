import { AccrualPosition, AdaptiveCurveIrmLib, Market } from '@morpho-org/blue-sdk'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  accruedTotals,
  borrowAssets,
  type MorphoMarketFacts,
  morphoBorrowRate,
  supplyAssets,
} from '../../../../src/api/protocols/morphoAccrual'
import { adaptiveCurveRate } from '../../../../src/api/protocols/morphoAdaptiveCurve'
import { morphoHealth } from '../../../../src/api/protocols/morphoHealth'
import { WAD } from '../../../../src/math/wad'

const lastUpdate = 1_700_000_000n
const amount = fc.bigInt(0n, 2n ** 100n)
const elapsed = fc.bigInt(0n, 400n * 86_400n)
const rateAtTarget = fc.bigInt(0n, AdaptiveCurveIrmLib.MAX_RATE_AT_TARGET)

interface Drawn {
  readonly supplied: bigint
  readonly borrowed: bigint
  readonly supplyShares: bigint
  readonly borrowShares: bigint
  readonly fee: bigint
  readonly rateAtTarget: bigint
}
const drawn: fc.Arbitrary<Drawn> = fc
  .record({
    supplied: amount,
    share: fc.bigInt(0n, 1000n),
    supplyShares: fc.bigInt(1n, 2n ** 120n),
    borrowShares: fc.bigInt(1n, 2n ** 120n),
    fee: fc.bigInt(0n, WAD / 4n),
    rateAtTarget,
  })
  .map(({ share, ...rest }) => ({ ...rest, borrowed: (rest.supplied * share) / 1000n }))

const factsOf = (market: Drawn, kind: string | null = 'adaptive-curve'): MorphoMarketFacts => ({
  market: { rateModelKind: kind },
  state: {
    supplyIndex: String(market.supplied),
    borrowIndex: String(market.borrowed),
    totalSupply: String(market.supplyShares),
    totalBorrow: String(market.borrowShares),
    borrowRate: '0',
    rateAtTarget: String(market.rateAtTarget),
    rateReadAt: null,
    accruedAt: String(lastUpdate),
  },
  parameters: { reserveFactor: String(market.fee) },
})

const lltv = (86n * WAD) / 100n
const address = (digit: string) => `0x${digit.repeat(40)}` as const
const sdkMarket = (market: Drawn, price?: bigint) =>
  new Market({
    params: {
      loanToken: address('1'),
      collateralToken: address('2'),
      oracle: address('3'),
      irm: address('4'),
      lltv,
    },
    totalSupplyAssets: market.supplied,
    totalSupplyShares: market.supplyShares,
    totalBorrowAssets: market.borrowed,
    totalBorrowShares: market.borrowShares,
    lastUpdate,
    fee: market.fee,
    rateAtTarget: market.rateAtTarget,
    price,
  })

describe('accrual against the published library', () => {
  it('computes the same average rate on the adaptive curve', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 2n * WAD), rateAtTarget, elapsed, (utilization, rate, seconds) => {
        const expected = AdaptiveCurveIrmLib.getBorrowRate(utilization, rate, seconds).avgBorrowRate
        expect(adaptiveCurveRate(utilization, rate, seconds)).toBe(expected)
      }),
      { numRuns: 1000 },
    )
  })

  it('accrues totals and fee shares to the same integers', () => {
    fc.assert(
      fc.property(drawn, elapsed, (market, seconds) => {
        const expected = sdkMarket(market).accrueInterest(lastUpdate + seconds)
        expect(accruedTotals(factsOf(market), lastUpdate + seconds)).toEqual({
          supplyAssets: expected.totalSupplyAssets,
          supplyShares: expected.totalSupplyShares,
          borrowAssets: expected.totalBorrowAssets,
          borrowShares: expected.totalBorrowShares,
        })
      }),
      { numRuns: 500 },
    )
  })

  it('values positions, their health and the price they are liquidated at alike', () => {
    const shares = fc.bigInt(0n, 2n ** 110n)
    fc.assert(
      fc.property(drawn, elapsed, shares, shares, amount, fc.bigInt(1n, 2n ** 150n), (market, seconds, ...rest) => {
        const [supply, borrow, collateral, price] = rest
        const held = { supplyShares: supply, borrowShares: borrow, collateral }
        const position = new AccrualPosition({ user: address('5'), ...held }, sdkMarket(market, price))
        const expected = position.accrueInterest(lastUpdate + seconds)
        const totals = accruedTotals(factsOf(market), lastUpdate + seconds)!
        expect(supplyAssets(supply, totals)).toBe(expected.supplyAssets)
        const debt = borrowAssets(borrow, totals)
        expect(debt).toBe(expected.borrowAssets)
        const health = morphoHealth({ collateral, debt, price, lltv })
        expect(health.collateralBaseRaw).toBe(expected.collateralValue)
        if (debt === 0n) {
          expect(health.healthFactorRaw).toBe(null)
          return
        }
        expect(health.healthFactorRaw).toBe(expected.healthFactor)
        expect(health.healthFactorRaw! >= WAD).toBe(expected.isHealthy)
        const { liquidationPrice } = expected
        // Both round to whole units, which only matters where the amounts are a handful of them.
        if (liquidationPrice == null || collateral < 10n ** 12n || debt < 10n ** 12n) return
        const near = (parts: bigint) => {
          const answer = (liquidationPrice * parts) / 10n ** 6n
          return morphoHealth({ collateral, debt, price: answer, lltv }).healthFactorRaw! >= WAD
        }
        if (liquidationPrice < 10n ** 12n) return
        expect(near(10n ** 6n + 10n)).toBe(true)
        expect(near(10n ** 6n - 10n)).toBe(false)
      }),
      { numRuns: 500 },
    )
  })
})

describe('accrual', () => {
  it('never lets the roundings favour the account', () => {
    fc.assert(
      fc.property(drawn, fc.bigInt(0n, 2n ** 110n), (market, shares) => {
        const totals = accruedTotals(factsOf(market), lastUpdate)!
        const exact = (assets: bigint, all: bigint) => ({ top: shares * (assets + 1n), bottom: all + 1_000_000n })
        const supply = exact(totals.supplyAssets, totals.supplyShares)
        const debt = exact(totals.borrowAssets, totals.borrowShares)
        expect(supplyAssets(shares, totals) * supply.bottom <= supply.top).toBe(true)
        expect(borrowAssets(shares, totals) * debt.bottom >= debt.top).toBe(true)
      }),
    )
  })

  const market = {
    supplied: 10n ** 12n,
    borrowed: 8n * 10n ** 11n,
    supplyShares: 10n ** 18n,
    borrowShares: 8n * 10n ** 17n,
    fee: 0n,
    rateAtTarget: 1_000_000_000n,
  }
  const later = lastUpdate + 3600n

  it('knows nothing of interest whose rate was never said or can no longer be read', () => {
    const curve = factsOf(market)
    expect(accruedTotals({ ...curve, state: { ...curve.state, rateAtTarget: null } }, later)).toBe(null)
    expect(accruedTotals(factsOf(market, 'read'), later)).toBe(null)
    // At its last accrual, and without debt, a market needs no rate.
    expect(accruedTotals(factsOf(market, 'read'), lastUpdate)?.borrowAssets).toBe(market.borrowed)
    expect(accruedTotals(factsOf({ ...market, borrowed: 0n }, 'read'), later)?.supplyAssets).toBe(market.supplied)
  })

  it('uses the rate that was read, and none where there is no rate model', () => {
    const facts = factsOf(market, 'read')
    const read = { ...facts, state: { ...facts.state, borrowRate: '3170979198', rateReadAt: String(lastUpdate) } }
    expect(morphoBorrowRate(read, later)).toBe(3_170_979_198n)
    expect(accruedTotals(read, later)!.borrowAssets).toBeGreaterThan(market.borrowed)
    expect(accruedTotals(factsOf(market, 'none'), later)!.borrowAssets).toBe(market.borrowed)
  })

  it('needs no oracle where nothing is pledged', () => {
    const terms = { debt: 5n, price: null, lltv }
    expect(morphoHealth({ ...terms, collateral: 0n })).toEqual({
      collateralBaseRaw: 0n,
      debtBaseRaw: 5n,
      healthFactorRaw: 0n,
    })
    expect(morphoHealth({ ...terms, collateral: 1n }).collateralBaseRaw).toBe(null)
  })
})
