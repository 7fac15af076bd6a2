import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { margin, type ReverseStress, reverseStress } from '../../../engine/index'
import type { AssetMarket, MarginInput } from '../../../engine/types'
import { propertyRuns } from '../propertyRuns'
import { AT, accountArbitrary, assets, ordinarySize } from './arbitraries'

/** The account in a market that has made the move: an independent valuation of it. */
function moved(account: MarginInput, { moves }: Pick<ReverseStress, 'moves'>): MarginInput {
  const shocked = Object.entries(assets).map(([asset, market]): [string, AssetMarket] => {
    const move = moves.find(({ riskGroup }) => riskGroup === (market.riskGroup ?? asset))?.price ?? 0
    return [asset, { ...market, indexPrice: Number(market.indexPrice) * (1 + move) }]
  })
  return { ...account, marketData: { assets: Object.fromEntries(shocked) } }
}

/**
 * What can be compared with another market: expired contracts would settle again there, and a unit of several collaterals would be
 * weighted anew.
 */
function comparable(account: MarginInput): MarginInput {
  return {
    ...account,
    positions: account.positions?.filter(({ expiry }) => expiry === undefined || Number(expiry) > AT),
    lendingUnits: account.lendingUnits?.map((unit) => ({ ...unit, collateral: unit.collateral.slice(0, 1) })),
  }
}

/** Scan ranges of `house-1` by risk group of the generated accounts. */
const ranges = { BTC: 0.18, ETH: 0.2, SOL: 0.3, USDC: 0.02, DAI: 0.06 }

/** A joint move shorter than the one found, in any direction. */
const smaller = fc.record({
  signs: fc.tuple(...Object.values(ranges).map(() => fc.constantFrom(-1, 0, 1))),
  part: fc.double({ min: 0, max: 0.99, noNaN: true }),
})

/** The same account with cash enough to begin above 0. */
function solvent(account: MarginInput): MarginInput {
  const { marginBalance, recourseDebt } = margin({ ...account, cash: 0 })
  return { ...account, cash: Math.max(0, -1.2 * marginBalance) + recourseDebt + 1_000 }
}

const long: MarginInput = {
  model: 'portfolio',
  at: AT,
  cash: 5_000,
  positions: [{ id: 'p', kind: 'perp', underlying: 'ETH', quantity: 10 }],
  marketData: { assets },
}

describe('reverseStress', () => {
  it('finds the move of one linear position by hand: 10 ETH at 2,500 lose 5,000 at −20 %', () => {
    const found = reverseStress(long)
    expect(found?.size).toBeCloseTo(1, 9)
    expect(found?.moves).toEqual([{ riskGroup: 'ETH', price: expect.closeTo(-0.2, 9) }])
    expect(found?.balance).toBeLessThanOrEqual(0)
    expect(found?.balance).toBeGreaterThan(-1e-6)
  })

  it('counts what a long option is worth', () => {
    const call = { strike: 500, optionType: 'call' as const, expiry: AT + 86_400, impliedVol: 0 }
    const positions = [{ id: 'o', kind: 'option' as const, underlying: 'ETH', quantity: 1, ...call }]
    // 2,000 of option against 1,000 owed: gone at 1,500, −40 %, two scan ranges.
    expect(reverseStress({ ...long, cash: 0, recourseDebt: 1_000, positions })?.size).toBeCloseTo(2, 9)
  })

  it('takes the smaller of several directions', () => {
    const positions = [...(long.positions ?? []), { id: 'q', kind: 'perp' as const, underlying: 'BTC', quantity: -1 }]
    const found = reverseStress({ ...long, positions })
    // 25,000·0.2·k + 60,000·0.18·k = 5,000
    expect(found?.size).toBeCloseTo(5_000 / (5_000 + 10_800), 9)
    expect(found?.moves.map(({ riskGroup, price }) => [riskGroup, Math.sign(price)])).toEqual([
      ['BTC', 1],
      ['ETH', -1],
    ])
  })

  it('is of size 0 for a balance that is exhausted, and nothing for one that no move exhausts', () => {
    expect(reverseStress({ ...long, cash: -1 })).toEqual({ size: 0, moves: [], balance: -1 })
    expect(reverseStress({ ...long, positions: [] })).toBeNull()
  })

  it('meets the jump at a liquidation inside a unit', () => {
    const unit: MarginInput = {
      ...long,
      cash: 0,
      recourseDebt: 1_000,
      positions: [],
      lendingUnits: [
        {
          id: 'u',
          rule: 'aave',
          control: 'enforceable',
          collateral: [
            { asset: 'ETH', quantity: 10, liquidationThreshold: 0.83, maxLtv: 0.8, liquidationIncentive: 1.05 },
          ],
          debt: [{ asset: 'ETH', quantity: 0 }],
        },
      ],
    }
    const found = reverseStress(unit)
    // 25,000·0.98 of credit falls to the 1,000 owed: −95.918…%
    expect(found?.moves[0]?.price).toBeCloseTo(1_000 / 24_500 - 1, 9)
  })

  it('finds the sign of every group when there are many', () => {
    const names = ['A', 'B', 'C', 'D', 'E']
    const many: MarginInput = {
      ...long,
      cash: 50,
      positions: names.map((name, index) => ({
        id: name,
        kind: 'perp' as const,
        underlying: name,
        quantity: index % 2 === 0 ? 1 : -1,
      })),
      marketData: { assets: Object.fromEntries(names.map((name) => [name, { indexPrice: 100, class: 'largeAlt' }])) },
    }
    // All five by 10 %, a third of the range of 30 %: the long ones down, the short ones up.
    expect(reverseStress(many)?.size).toBeCloseTo(1 / 3, 9)
    expect(reverseStress(many)?.moves.map(({ price }) => Math.sign(price))).toEqual([-1, 1, -1, 1, -1])
  })

  it('is the smallest by valuing the account anew in moved markets', { timeout: 240_000 }, () => {
    fc.assert(
      fc.property(
        accountArbitrary(ordinarySize, '', false).map(comparable).map(solvent),
        smaller,
        (account, { signs, part }) => {
          const found = reverseStress(account)
          // At a price of 0 there is no market left to value anything in.
          if (found === null || found.size === 0 || found.moves.some(({ price }) => price < -0.999)) return
          const scale = 1e-6 + 1e-9 * Math.max(1, Math.abs(margin(account).marginBalance), Math.abs(found.balance))
          const report = margin(moved(account, found))
          expect(found.balance).toBeLessThanOrEqual(0)
          expect(Math.abs(report.marginBalance - found.balance)).toBeLessThanOrEqual(
            scale + 1e-7 * report.grossCollateralValue,
          )
          const less = Object.entries(ranges).map(([riskGroup, range], index) => ({
            riskGroup,
            price: Math.max(-0.999, (signs[index] as number) * part * (found.size as number) * range),
          }))
          expect(margin(moved(account, { moves: less })).marginBalance).toBeGreaterThan(-scale)
          const short = found.moves.map((move) => ({ ...move, price: move.price * part }))
          expect(margin(moved(account, { moves: short })).marginBalance).toBeGreaterThan(-scale)
        },
      ),
      { numRuns: propertyRuns(300), seed: 7 },
    )
  })
})
