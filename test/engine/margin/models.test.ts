import { describe, expect, it } from 'vitest'
import { margin } from '../../../engine/index'
import { statusOf } from '../../../engine/margin/status'
import type { MarginInput, OpenOrder, PositionInput } from '../../../engine/types'

const DAY = 86_400
const AT = 1_790_000_000

const assets = {
  ETH: { indexPrice: 2_500, class: 'ETH' },
  BTC: { indexPrice: 60_000, class: 'BTC' },
}

function account(parts: Partial<MarginInput>): MarginInput {
  return { model: 'cross', at: AT, marketData: { assets }, ...parts }
}

function perp(quantity: number, more: Partial<PositionInput> = {}): PositionInput {
  return { id: `perp${quantity}${more.subAccount ?? ''}`, kind: 'perp', underlying: 'ETH', quantity, ...more }
}

function option(quantity: number, more: Partial<PositionInput> = {}): PositionInput {
  const terms = { strike: 2_500, optionType: 'call' as const, expiry: AT + 30 * DAY, impliedVol: 0.6 }
  return { id: `option${quantity}`, kind: 'option', underlying: 'ETH', quantity, ...terms, ...more }
}

describe('cross', () => {
  it('charges tiered rates progressively: 5 % to 1 m, 10 % to 10 m, 20 % beyond', () => {
    const requirement = (quantity: number) => {
      const { initialMargin, maintenanceMargin } = margin(account({ positions: [perp(quantity)] }))
      return [initialMargin, maintenanceMargin]
    }
    expect(requirement(100)).toEqual([12_500, 6_250])
    expect(requirement(-400)).toEqual([50_000, 25_000])
    expect(requirement(800)).toEqual([150_000, 75_000])
    expect(requirement(8_000)).toEqual([2_950_000, 1_475_000])
  })

  it('nets one contract only: perps with perps, not with futures or another underlying', () => {
    const positions = [perp(100), perp(-60)]
    expect(margin(account({ positions })).initialMargin).toBe(5_000)
    const future = { id: 'f', kind: 'future' as const, underlying: 'ETH', quantity: -100, expiry: AT + DAY }
    expect(margin(account({ positions: [perp(100), future] })).initialMargin).toBe(25_000)
    expect(margin(account({ positions: [perp(100), { ...future, expiry: AT - 1 }] })).initialMargin).toBe(12_500)
    const later = { ...future, id: 'g', quantity: 100, expiry: AT + 2 * DAY }
    expect(margin(account({ positions: [future, later] })).initialMargin).toBe(25_000)
  })

  it('counts short options as a debt and charges them, long ones not at all', () => {
    const short = margin(account({ positions: [option(-1)] }))
    expect(short.netOptionValue).toBeLessThan(-100)
    expect(short.initialMargin).toBe(125)
    const long = margin(account({ positions: [option(1)] }))
    expect(long.netOptionValue).toBe(0)
    expect(long.initialMargin).toBe(0)
    const strikes = margin(account({ positions: [option(-1), option(1, { strike: 2_600 })] }))
    expect(strikes.initialMargin).toBe(125)
    const puts = margin(account({ positions: [option(-1), option(1, { optionType: 'put' })] }))
    expect(puts.initialMargin).toBe(125)
  })

  it('charges the worst of no, all buy and all sell orders', () => {
    const orders = (...openOrders: readonly OpenOrder[]) =>
      margin(account({ positions: [perp(4, { openOrders })] })).initialMargin
    expect(orders()).toBe(500)
    expect(orders({ side: 'buy', quantity: 4, price: 2_500 })).toBe(1_000)
    expect(orders({ side: 'sell', quantity: 4, price: 2_500 })).toBe(500)
    expect(orders({ side: 'sell', quantity: 12, price: 2_500 }, { side: 'buy', quantity: 1, price: 1 })).toBe(1_000)
    const sold = margin(
      account({ positions: [option(1, { openOrders: [{ side: 'sell', quantity: 3, price: 100 }] })] }),
    )
    expect(sold.initialMargin).toBe(250)
  })

  it('takes the market haircut off collateral', () => {
    const collateral = [{ id: 'h', asset: 'ETH', quantity: 1, haircut: { oracleSources: 2 } }]
    expect(margin(account({ collateral })).collateralCredit).toBeCloseTo(2_000, 9)
    expect(margin(account({ model: 'portfolio', collateral })).collateralCredit).toBeCloseTo(2_500, 9)
    const wild = [{ id: 'h', asset: 'ETH', quantity: 1, haircut: { oracleSources: 2, volatility: 2 } }]
    // 2.326 · 2 · √(τ in years), τ = 40 min + 1 d · 7 · 13 ÷ 216
    const years = (40 / 1_440 + (7 * 13) / 216) / 365
    expect(margin(account({ collateral: wild })).collateralCredit).toBeCloseTo(
      2_500 * (1 - Math.max(0.2, 2.326 * 2 * Math.sqrt(years))),
      6,
    )
  })
})

describe('isolated', () => {
  const positions = [perp(100, { subAccount: 'a' }), perp(-100, { subAccount: 'b' })]

  it('holds every sub-account against its own collateral', () => {
    const cash = [
      { asset: 'USD', quantity: 20_000, subAccount: 'a' },
      { asset: 'USD', quantity: 5_000, subAccount: 'b' },
    ]
    const report = margin(account({ model: 'isolated', cash, positions }))
    expect(report.marginBalance).toBe(25_000)
    expect(report.initialMargin).toBe(25_000)
    expect(report.excessInitialMargin).toBe(-7_500)
    expect(report.excessMaintenanceMargin).toBe(-1_250)
    expect(report.marginRatio).toBe(1.25)
    expect(report.status).toBe('LIQUIDATABLE')
    expect(report.availableToWithdraw).toBe(7_500)
    expect(report.subAccounts).toEqual([
      {
        subAccount: 'a',
        marginBalance: 20_000,
        initialMargin: 12_500,
        maintenanceMargin: 6_250,
        excessInitialMargin: 7_500,
        excessMaintenanceMargin: 13_750,
      },
      {
        subAccount: 'b',
        marginBalance: 5_000,
        initialMargin: 12_500,
        maintenanceMargin: 6_250,
        excessInitialMargin: -7_500,
        excessMaintenanceMargin: -1_250,
      },
    ])
  })

  it('has a finite ratio however little is left', () => {
    const report = margin(account({ cash: 1e-300, positions: [perp(1e12)] }))
    expect(report.marginRatio).toBe(Number.MAX_VALUE)
    expect(report.status).toBe('LIQUIDATABLE')
  })

  it('does not count what long options are worth', () => {
    const report = margin(account({ model: 'isolated', cash: 10, positions: [option(1)] }))
    expect(report).toMatchObject({ marginBalance: 10, netOptionValue: 0 })
    expect(report.subAccounts[0]?.marginBalance).toBe(10)
  })

  it('puts venue loans and funding on the main sub-account', () => {
    const report = margin(account({ model: 'isolated', positions, recourseDebt: 100, accruedFunding: 40 }))
    expect(report.subAccounts.map(({ subAccount, marginBalance }) => [subAccount, marginBalance])).toEqual([
      ['', -60],
      ['a', 0],
      ['b', 0],
    ])
    expect(report.status).toBe('BANKRUPT')
    const main = margin(account({ model: 'isolated', cash: 50, positions: [perp(1)], recourseDebt: 100 }))
    expect(main.subAccounts).toHaveLength(1)
    expect(
      margin(account({ model: 'isolated', cash: 10, recourseDebt: 0, accruedFunding: 5, positions })).subAccounts,
    ).toHaveLength(3)
  })

  it('is an empty main sub-account when there is nothing', () => {
    const report = margin(account({ model: 'isolated' }))
    expect(report.subAccounts).toHaveLength(1)
    expect(report.marginBalance).toBe(0)
    expect(report.marginRatioReason).toBe('BALANCE_NOT_POSITIVE')
    expect(report.status).toBe('NORMAL')
  })
})

describe('statusOf', () => {
  const levels = { warning: 0.6, reduceOnly: 0.8 }
  const status = (marginBalance: number, maintenanceMargin: number, excessInitialMargin: number) =>
    statusOf({ marginBalance, maintenanceMargin, excessInitialMargin }, levels)

  it('is the most severe that holds', () => {
    expect(status(-1e-9, 0, -1)).toBe('BANKRUPT')
    expect(status(100, 100, -1)).toBe('LIQUIDATABLE')
    expect(status(100, 100.1, -1)).toBe('LIQUIDATABLE')
    expect(status(0, 0, 0)).toBe('NORMAL')
    expect(status(0, 1, -1)).toBe('LIQUIDATABLE')
    expect(status(100, 99.9, -1)).toBe('REDUCE_ONLY')
    expect(status(100, 80, -1)).toBe('REDUCE_ONLY')
    expect(status(100, 79.9, -1)).toBe('MARGIN_CALL')
    expect(status(100, 79.9, 0)).toBe('WARNING')
    expect(status(100, 60, 0)).toBe('WARNING')
    expect(status(100, 59.9, 0)).toBe('NORMAL')
    expect(status(100, 0, -1)).toBe('MARGIN_CALL')
  })
})

describe('withdrawals', () => {
  it('leave the requirement, long option value, unrealised gains and the cash share behind', () => {
    const free = (parts: Partial<MarginInput>) =>
      margin(account({ model: 'portfolio', parameters: scanOnly, ...parts }))
    expect(free({ cash: 1_000 }).availableToWithdraw).toBe(1_000)
    expect(free({ cash: -1 }).availableToWithdraw).toBe(0)
    const gain = free({ cash: 2_000, positions: [perp(1, { entryPrice: 2_400 })] })
    expect(gain.marginBalance).toBe(2_100)
    expect(gain.availableToWithdraw).toBeCloseTo(2_000 - 500, 9)
    const long = free({ cash: 1_000, positions: [option(1)] })
    expect(long.availableToWithdraw).toBeLessThan(1_000)
    expect(long.availableToWithdraw).toBeCloseTo(1_000 - long.initialMargin, 6)
    const eth = { id: 'h', asset: 'ETH', quantity: 10, haircut: { oracleSources: 2 } }
    const held = free({ cash: 100, collateral: [eth], positions: [perp(-10)] })
    // The requirement of 1,000 keeps 200 of cash, of which only 100 is there; the ETH may go as far as the excess.
    expect(held.cashShare).toEqual({ required: expect.closeTo(200, 9), held: 100 })
    expect(held.availableToWithdraw).toBeCloseTo(25_100 - 1_000, 6)
    const locked = free({ collateral: [{ ...eth, movable: 0.5 }] })
    expect(locked.availableToWithdraw).toBeLessThanOrEqual(1_250)
  })
})

const scanOnly = { extends: 'house-1', charges: [], stress: null }

describe('open orders in the portfolio model', () => {
  const scanOf = (position: PositionInput) =>
    margin(account({ model: 'portfolio', parameters: scanOnly, positions: [position] })).components.scan

  it('are charged where they make it worse', () => {
    expect(scanOf(perp(1, { openOrders: [{ side: 'buy', quantity: 1, price: 2_500 }] }))).toBeCloseTo(1_000, 9)
    expect(scanOf(perp(1, { openOrders: [{ side: 'sell', quantity: 1, price: 2_500 }] }))).toBeCloseTo(500, 9)
    expect(scanOf(perp(1, { openOrders: [{ side: 'sell', quantity: 5, price: 2_500 }] }))).toBeCloseTo(2_000, 9)
  })

  it('lose what they pay above the mark, and gain nothing below it', () => {
    expect(scanOf(perp(0, { openOrders: [{ side: 'buy', quantity: 1, price: 2_600 }] }))).toBeCloseTo(600, 9)
    expect(scanOf(perp(0, { openOrders: [{ side: 'buy', quantity: 1, price: 2_400 }] }))).toBeCloseTo(500, 9)
    expect(scanOf(perp(0, { openOrders: [{ side: 'sell', quantity: 1, price: 2_400 }] }))).toBeCloseTo(600, 9)
    const both: readonly OpenOrder[] = [
      { side: 'buy', quantity: 1, price: 2_500 },
      { side: 'sell', quantity: 1, price: 2_500 },
    ]
    expect(scanOf(perp(0, { openOrders: both }))).toBeCloseTo(500, 9)
  })

  it('on an option are measured against its premium', () => {
    const dear = scanOf(option(0, { markPrice: 200, openOrders: [{ side: 'buy', quantity: 1, price: 230 }] }))
    const fair = scanOf(option(0, { markPrice: 200, openOrders: [{ side: 'buy', quantity: 1, price: 150 }] }))
    expect(dear - fair).toBeCloseTo(30, 9)
    const model = scanOf(option(0, { openOrders: [{ side: 'buy', quantity: 1, price: 1 }] }))
    expect(model).toBeCloseTo(fair, 9)
  })

  it('on spot leave the holding in place', () => {
    const spot: PositionInput = {
      id: 's',
      kind: 'spot',
      underlying: 'ETH',
      quantity: 2,
      openOrders: [{ side: 'buy', quantity: 1, price: 2_500 }],
    }
    const report = margin(account({ model: 'portfolio', parameters: scanOnly, positions: [spot] }))
    expect(report.grossCollateralValue).toBe(5_000)
    expect(report.attribution.find(({ leg }) => leg === 'orders:ETH')?.amount).toBeCloseTo(500, 9)
  })
})

describe('instruments', () => {
  const report = (...positions: readonly PositionInput[]) =>
    margin(account({ model: 'portfolio', parameters: scanOnly, positions }))

  it('inverse perps are N ÷ entry units: profit in coins, valued in USD', () => {
    const inverse = report({
      id: 'i',
      kind: 'perp',
      underlying: 'ETH',
      quantity: 10_000,
      entryPrice: 2_000,
      settlement: 'inverse',
    })
    // 10,000 · (1 ÷ 2,000 − 1 ÷ 2,500) coins at 2,500 = 2,500
    expect(inverse.unrealizedPnl).toBeCloseTo(2_500, 9)
    expect(inverse.positions[0]).toMatchObject({ quantity: 10_000, delta: 5 })
    expect(inverse.components.scan).toBeCloseTo(5 * 500, 9)
  })

  it('perps and futures need a mark above 0', () => {
    for (const kind of ['perp', 'future'] as const) {
      for (const settlement of ['linear', 'inverse'] as const) {
        const worthless = { id: 'w', kind, underlying: 'ETH', quantity: 1, markPrice: 0, settlement, expiry: AT + DAY }
        expect(() => report(worthless)).toThrow('/positions/0/markPrice')
        expect(() => report({ ...worthless, entryPrice: 2_500 })).toThrow('/positions/0/markPrice')
      }
    }
  })

  it('inverse orders fill at their own price', () => {
    const openOrders: readonly OpenOrder[] = [{ side: 'buy', quantity: 2_500, price: 2_500 }]
    expect(
      report({ id: 'i', kind: 'perp', underlying: 'ETH', quantity: 0, settlement: 'inverse', openOrders }).components
        .scan,
    ).toBeCloseTo(500, 9)
  })

  it('inverse options quote premiums in coins and are worth the same in USD', () => {
    const linear = report(option(2, { markPrice: 250, impliedVol: undefined }))
    const inverse = report(option(2, { markPrice: 0.1, impliedVol: undefined, settlement: 'inverse' }))
    expect(inverse.netOptionValue).toBeCloseTo(linear.netOptionValue, 9)
    expect(inverse.components.scan).toBeCloseTo(linear.components.scan, 6)
  })

  it("options imply their volatility from the premium, else take the expiry's, else the asset's", () => {
    const implied = report(option(1, { markPrice: 171.2, impliedVol: undefined }))
    expect(implied.netOptionValue).toBe(171.2)
    const priced = (market: object, more: Partial<PositionInput> = {}) =>
      margin(
        account({
          model: 'portfolio',
          positions: [option(1, { impliedVol: undefined, ...more })],
          marketData: { assets: { ETH: { ...assets.ETH, ...market } } },
        }),
      )
    const expiries = [{ expiry: AT + 30 * DAY, vol: 0.6 }]
    expect(priced({ expiries }).netOptionValue).toBeCloseTo(report(option(1)).netOptionValue, 9)
    expect(priced({ vol: 0.6 }).netOptionValue).toBeCloseTo(report(option(1)).netOptionValue, 9)
    expect(priced({ vol: 0.6 }, { markPrice: 5_000 }).netOptionValue).toBe(5_000)
    expect(() => priced({})).toThrow('/positions/0/impliedVol')
    expect(() => priced({}, { strike: undefined })).toThrow('/positions/0/strike')
    expect(() => priced({}, { optionType: undefined })).toThrow('/positions/0/optionType')
    expect(() => priced({}, { expiry: undefined })).toThrow('/positions/0/expiry')
  })

  it('options use the forward and the rate of their expiry', () => {
    const withForward = (forward?: number, rate?: number) => {
      const expiries = [{ expiry: AT + 365 * DAY, forward, rate }]
      const market = { assets: { ETH: { ...assets.ETH, expiries } } }
      const deep = option(1, { strike: 1, expiry: AT + 365 * DAY })
      return margin(account({ model: 'portfolio', positions: [deep], marketData: market })).netOptionValue
    }
    expect(withForward(3_000)).toBeCloseTo(2_999, 6)
    expect(withForward(undefined, 0.1)).toBeCloseTo(2_500 - Math.exp(-0.1), 6)
    expect(withForward(3_000, 0.1)).toBeCloseTo(2_999 * Math.exp(-0.1), 6)
  })

  it('expired options are worth their intrinsic value and move no more', () => {
    const expired = report(option(2, { strike: 2_300, expiry: AT }))
    expect(expired.netOptionValue).toBe(400)
    expect(expired.components.scan).toBe(0)
    expect(expired.positions[0]).toMatchObject({ expired: true, delta: 0, gamma: 0, vega: 0, theta: 0 })
    expect(expired.expiries).toEqual([
      {
        underlying: 'ETH',
        expiry: AT,
        forward: 2_500,
        discountFactor: 1,
        assetDiscount: 1,
        liabilityDiscount: 1,
        basisPnl: 0,
      },
    ])
  })

  it('what has expired settles at the forward which the market data give for its expiry', () => {
    const marketData = { assets: { ETH: { ...assets.ETH, expiries: [{ expiry: AT, forward: 2_450, rate: 0.3 }] } } }
    const settled = (position: PositionInput) =>
      margin(account({ model: 'portfolio', marketData, positions: [position] }))
    expect(settled(option(2, { strike: 2_300, expiry: AT })).netOptionValue).toBe(300)
    const future = { id: 'f', kind: 'future' as const, underlying: 'ETH', quantity: 3, entryPrice: 2_400, expiry: AT }
    expect(settled(future).unrealizedPnl).toBeCloseTo(150, 9)
  })

  it('futures move with their own forward; expired ones are settled at the index', () => {
    const future = { id: 'f', kind: 'future' as const, underlying: 'ETH', quantity: 3, entryPrice: 2_400 }
    const expiries = [{ expiry: AT + DAY, forward: 2_600 }]
    const marketData = { assets: { ETH: { ...assets.ETH, expiries } } }
    const live = margin(
      account({ model: 'portfolio', parameters: scanOnly, positions: [{ ...future, expiry: AT + DAY }], marketData }),
    )
    expect(live.unrealizedPnl).toBeCloseTo(600, 9)
    expect(live.components.scan).toBeCloseTo(3 * 520, 9)
    expect(live.positions[0]?.delta).toBeCloseTo(3 * 1.04, 9)
    const settled = report({ ...future, expiry: AT - DAY })
    expect(settled.unrealizedPnl).toBeCloseTo(300, 9)
    expect(settled.components.scan).toBe(0)
    expect(() => report(future)).toThrow('/positions/0/expiry')
  })

  it('times may be ISO 8601', () => {
    const iso = new Date((AT + 30 * DAY) * 1_000).toISOString()
    const at = new Date(AT * 1_000).toISOString()
    const seconds = report(option(1))
    expect(
      margin(account({ model: 'portfolio', parameters: scanOnly, at, positions: [option(1, { expiry: iso })] })),
    ).toEqual(seconds)
  })
})
