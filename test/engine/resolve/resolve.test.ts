import { describe, expect, it } from 'vitest'
import { margin, resolve } from '../../../engine/index'
import type { MarginInput } from '../../../engine/types'

const base: MarginInput = {
  model: 'portfolio',
  at: 0,
  marketData: { assets: { ETH: { indexPrice: 2_500, class: 'ETH' } } },
}

const lending = { liquidationThreshold: 0.8, maxLtv: 0.75 }

describe('resolve', () => {
  it('reads decimal strings and numbers alike', () => {
    const one = resolve({ ...base, cash: '1000.25', recourseDebt: 5, accruedFunding: '-2e1' })
    expect(one.cash).toEqual([
      { asset: 'USD', quantity: 1_000.25, subAccount: '', riskGroup: null, className: null, price: 1, cashLike: true },
    ])
    expect([one.recourseDebt, one.accruedFunding]).toEqual([5, -20])
    expect(Object.is(resolve({ ...base, cash: '-0' }).cash[0]?.quantity, 0)).toBe(true)
  })

  const refused: readonly (readonly [string, string, object])[] = [
    ['UNKNOWN_MODEL', '/model', { model: 'span' }],
    ['UNKNOWN_FIELD', '/colateral', { colateral: [] }],
    ['UNKNOWN_FIELD', '/a~1b~0c', { 'a/b~c': 1 }],
    ['BAD_TYPE', '/at', { at: 'yesterday' }],
    ['BAD_TYPE', '/at', { at: '2026-13-45T00:00:00Z' }],
    ['BAD_TYPE', '/at', { at: '2026-11-21T10:00:00' }],
    ['OUT_OF_RANGE', '/at', { at: -1 }],
    ['BAD_TYPE', '/cash', { cash: ' 1' }],
    ['OUT_OF_RANGE', '/cash', { cash: 1e31 }],
    ['BAD_TYPE', '/cash/0/asset', { cash: [{ quantity: 1 }] }],
    ['PRICE_MISSING', '/marketData/assets/USDC/indexPrice', { cash: [{ asset: 'USDC', quantity: 1 }] }],
    ['BAD_TYPE', '/collateral', { collateral: {} }],
    ['BAD_TYPE', '/collateral/0', { collateral: [3] }],
    ['OUT_OF_RANGE', '/collateral/0/id', { collateral: [{ id: '', asset: 'ETH', quantity: 1 }] }],
    ['OUT_OF_RANGE', '/collateral/0/quantity', { collateral: [{ id: 'h', asset: 'ETH', quantity: -1 }] }],
    ['NOT_FOUND', '/collateral/0/class', { collateral: [{ id: 'h', asset: 'ETH', quantity: 1, class: 'gold' }] }],
    [
      'DUPLICATE_ID',
      '/collateral/1/id',
      {
        collateral: [
          { id: 'h', asset: 'ETH', quantity: 1 },
          { id: 'h', asset: 'ETH', quantity: 1 },
        ],
      },
    ],
    [
      'BAD_TYPE',
      '/lendingUnits/0/rule',
      { lendingUnits: [{ id: 'u', rule: 'maker', control: 'none', collateral: [], debt: [] }] },
    ],
    [
      'BAD_TYPE',
      '/lendingUnits/0/collateral/0/enabled',
      {
        lendingUnits: [
          {
            id: 'u',
            rule: 'aave',
            control: 'none',
            collateral: [{ asset: 'ETH', quantity: 1, ...lending, enabled: 1 }],
            debt: [],
          },
        ],
      },
    ],
    [
      'OUT_OF_RANGE',
      '/lendingUnits/0/collateral/0/liquidationIncentive',
      {
        lendingUnits: [
          {
            id: 'u',
            rule: 'aave',
            control: 'none',
            collateral: [{ asset: 'ETH', quantity: 1, ...lending, liquidationIncentive: 0.9 }],
            debt: [],
          },
        ],
      },
    ],
    [
      'PRICE_MISSING',
      '/marketData/assets/BTC/indexPrice',
      { positions: [{ id: 'p', kind: 'perp', underlying: 'BTC', quantity: 1 }] },
    ],
    [
      'PRICE_MISSING',
      '/marketData/assets/ETH/indexPrice',
      { positions: [{ id: 'p', kind: 'perp', underlying: 'ETH', quantity: 1 }], marketData: { assets: { ETH: {} } } },
    ],
    ['NOT_FOUND', '/marketData/assets/ETH/class', { marketData: { assets: { ETH: { class: 'gold' } } } }],
    [
      'OUT_OF_RANGE',
      '/marketData/history/returns/ETH',
      { marketData: { history: { returns: { BTC: [0, 0], ETH: [0] } } } },
    ],
    [
      'OUT_OF_RANGE',
      '/marketData/history/volMoves/ETH',
      { marketData: { history: { returns: { BTC: [0, 0] }, volMoves: { ETH: [0] } } } },
    ],
    [
      'OUT_OF_RANGE',
      '/marketData/riskArrays/p',
      {
        positions: [{ id: 'p', kind: 'perp', underlying: 'ETH', quantity: 1 }],
        marketData: { ...base.marketData, riskArrays: { p: [1] } },
      },
    ],
    ['NOT_FOUND', '/parameters', { parameters: 'house-0' }],
    ['NOT_FOUND', '/parameters/extends', { parameters: { extends: 'house-0' } }],
    [
      'UNKNOWN_FIELD',
      '/parameters/classes/ETH/hat',
      { parameters: { extends: 'house-1', classes: { ETH: { hat: 1 } } } },
    ],
    ['BAD_TYPE', '/parameters', { parameters: 5 }],
  ]

  it.each(refused)('refuses with %s at %s', (code, pointer, patch) => {
    expect(() => margin({ ...base, ...patch } as MarginInput)).toThrow(expect.objectContaining({ code, pointer }))
  })

  it('does not follow a prototype: __proto__ is a name like any other', () => {
    const input = JSON.parse('{"model":"portfolio","at":0,"marketData":{"assets":{"__proto__":{"indexPrice":3}}}}')
    expect([...resolve(input).market.assets.keys()]).toEqual(['__proto__'])
    expect(() => resolve(JSON.parse('{"model":"portfolio","at":0,"__proto__":1}'))).toThrow(
      expect.objectContaining({ code: 'UNKNOWN_FIELD' }),
    )
  })

  it('an asset without a price counts nothing and says so', () => {
    const report = margin({ ...base, collateral: [{ id: 'h', asset: 'XYZ', quantity: 5 }] })
    expect(report.collateral[0]).toMatchObject({ credit: 0, reasonCode: 'PRICE_MISSING' })
    const told = margin({ ...base, collateral: [{ id: 'h', asset: 'ETH', quantity: 5, unusable: 'PRICE_STALE' }] })
    expect(told.collateral[0]).toMatchObject({ credit: 0, reasonCode: 'PRICE_STALE' })
  })

  it('takes prices of the row, then of the market, the mark before the oracle and the other way round', () => {
    const priceOf = (row: object, market: object) => {
      const input = {
        ...base,
        collateral: [{ id: 'h', asset: 'ETH', quantity: 1, ...row }],
        marketData: { assets: { ETH: market } },
      }
      const [holding] = resolve(input).holdings
      return [holding?.oraclePrice, holding?.markPrice]
    }
    expect(priceOf({ oraclePrice: 5, markPrice: 6 }, { indexPrice: 7 })).toEqual([5, 6])
    expect(priceOf({ oraclePrice: 5 }, { indexPrice: 7, markPrice: 8 })).toEqual([5, 8])
    expect(priceOf({ oraclePrice: 5 }, {})).toEqual([5, 5])
    expect(priceOf({ markPrice: 6 }, {})).toEqual([0, 6])
    expect(priceOf({}, { oraclePrice: 9 })).toEqual([9, 9])
    expect(priceOf({ haircut: { redemptionPrice: 4 } }, { indexPrice: 7 })).toEqual([7, 4])
  })

  it('computes Morpho’s incentive from its LLTV and limits what can leave', () => {
    const row = { asset: 'ETH', quantity: 10, liquidationThreshold: 0.86, maxLtv: 0.86 }
    const unitOf = (rule: string, more: object) =>
      resolve({
        ...base,
        lendingUnits: [{ id: 'u', rule, control: 'none', protocol: 'p', collateral: [{ ...row, ...more }], debt: [] }],
      }).units[0]?.collateral[0]
    expect(unitOf('morpho', {})?.liquidationIncentive).toBeCloseTo(1 / (0.3 * 0.86 + 0.7), 12)
    expect(unitOf('aave', {})?.liquidationIncentive).toBe(1)
    expect(unitOf('aave', { freeLiquidity: 4 })?.withdrawable).toBe(4)
    expect(unitOf('aave', { freeLiquidity: 4, withdrawalCap: 3 })?.withdrawable).toBe(3)
    expect(unitOf('aave', { paused: true })?.withdrawable).toBe(0)
    expect(unitOf('aave', { protocol: 'q' })?.protocol).toBe('q')
    expect(unitOf('aave', {})?.protocol).toBe('p')
  })
})
