import { describe, expect, it } from 'vitest'
import { margin } from '../../../engine/index'
import { breakerFactors } from '../../../engine/measures/breaker/breakerFactors'
import { observeMove } from '../../../engine/measures/breaker/observeMove'
import { breakerDefaults } from '../../../engine/measures/breaker/types'
import { windowMove } from '../../../engine/measures/breaker/windowMove'
import type { AddOn, AssetMarket, MarginInput, PositionInput } from '../../../engine/types'

const DAY = 86_400
const AT = 1_790_000_000

const ETH: AssetMarket = { indexPrice: 2_500, class: 'ETH' }

function account(charge: object, parts: Partial<MarginInput> = {}): MarginInput {
  return {
    model: 'portfolio',
    at: AT,
    marketData: { assets: { ETH } },
    parameters: { extends: 'house-1', initialCoversMaintenance: false, stress: null, charges: [charge] },
    ...parts,
  }
}

function addOnOf(input: MarginInput): AddOn {
  return margin(input).components.addOns[0] as AddOn
}

const scanOnly = { extends: 'house-1', initialCoversMaintenance: false, stress: null }

const perp: PositionInput = { id: 'p', kind: 'perp', underlying: 'ETH', quantity: -4 }
const call: PositionInput = {
  id: 'c',
  kind: 'option',
  underlying: 'ETH',
  quantity: -2,
  strike: 2_500,
  optionType: 'call',
  expiry: AT + 30 * DAY,
  impliedVol: 0.6,
}

describe('charges', () => {
  it('funding: the larger of known and default rate, against the account, orders included', () => {
    const rule = { kind: 'funding', place: 'outside', hours: 8, defaultRate: 0.0003, maintenance: 0.5 }
    expect(addOnOf(account(rule, { positions: [perp] }))).toMatchObject({
      amount: expect.closeTo(3, 9),
      maintenanceAmount: expect.closeTo(1.5, 9),
    })
    const dear = { assets: { ETH: { ...ETH, fundingRate: -0.001 } } }
    expect(addOnOf(account({ ...rule, hours: 24 }, { positions: [perp], marketData: dear })).amount).toBeCloseTo(30, 9)
    const buys = [{ side: 'buy' as const, quantity: 9, price: 2_500 }]
    const sells = [{ side: 'sell' as const, quantity: 1, price: 2_500 }]
    expect(addOnOf(account(rule, { positions: [{ ...perp, openOrders: buys }] })).amount).toBeCloseTo(3.75, 9)
    expect(addOnOf(account(rule, { positions: [{ ...perp, openOrders: sells }] })).amount).toBeCloseTo(3.75, 9)
    expect(addOnOf(account(rule, { positions: [call] })).amount).toBe(0)
    const two = { assets: { ETH, BTC: { indexPrice: 60_000, class: 'BTC', fundingRate: 0.001 } } }
    const positions = [perp, { ...perp, id: 'b', underlying: 'BTC', quantity: 1 }]
    expect(addOnOf(account(rule, { positions, marketData: two })).amount).toBeCloseTo(3 + 60, 9)
  })

  it('fee: on everything that is still open', () => {
    const rule = { kind: 'fee', place: 'outside', rate: 0.001 }
    const expired = { ...call, id: 'x', expiry: AT }
    expect(addOnOf(account(rule, { positions: [perp, call, expired] }))).toMatchObject({
      amount: 15,
      maintenanceAmount: 15,
    })
  })

  it('static: perps and live futures by notional, naked shorts by strike after netting', () => {
    const rates = { place: 'outside', initial: 0.02, maintenance: 0.01 }
    const future: PositionInput = { ...perp, id: 'f', kind: 'future', expiry: AT + DAY }
    const positions = [perp, future, { ...future, id: 'g', expiry: AT }]
    expect(addOnOf(account({ kind: 'perpStatic', ...rates }, { positions }))).toMatchObject({
      amount: 400,
      maintenanceAmount: 200,
    })
    expect(addOnOf(account({ kind: 'perpStatic', ...rates }, { positions: [call] })).amount).toBe(0)
    const options = [
      call,
      { ...call, id: 'd', optionType: 'put' as const, quantity: 1 },
      { ...call, id: 'e', strike: 2_600, quantity: 5 },
    ]
    expect(addOnOf(account({ kind: 'shortOptionStatic', ...rates }, { positions: options }))).toMatchObject({
      amount: 50,
      maintenanceAmount: 25,
    })
    const hedged = [call, { ...call, id: 'd', optionType: 'put' as const, quantity: 3 }]
    expect(addOnOf(account({ kind: 'shortOptionStatic', ...rates }, { positions: hedged })).amount).toBe(0)
    const unsettled = [...hedged, { ...call, id: 'x', expiry: AT }]
    expect(addOnOf(account({ kind: 'shortOptionStatic', ...rates }, { positions: unsettled })).amount).toBe(100)
  })

  it('time decay: what long options lose in a day, short ones nothing', () => {
    const rule = { kind: 'timeDecay', place: 'inside', days: 1 }
    const long = addOnOf(account(rule, { positions: [{ ...call, quantity: 2 }] })).amount
    const theta = margin(account(rule, { positions: [{ ...call, quantity: 2 }] })).greeks[0]?.theta as number
    expect(long).toBeGreaterThan(-theta)
    expect(long).toBeLessThan(-theta * 1.02)
    expect(addOnOf(account(rule, { positions: [call] })).amount).toBe(0)
    const last = { ...call, quantity: 2, expiry: AT + DAY / 2 }
    const value = margin(account(rule, { positions: [last] })).netOptionValue
    expect(addOnOf(account(rule, { positions: [last] })).amount).toBeCloseTo(value, 9)
    const forward = { assets: { ETH: { ...ETH, expiries: [{ expiry: AT + 30 * DAY, forward: 2_600 }] } } }
    expect(
      addOnOf(account(rule, { positions: [{ ...call, strike: 1, quantity: 2 }], marketData: forward })).amount,
    ).toBeCloseTo(0, 9)
    expect(addOnOf(account(rule, { positions: [perp, { ...call, expiry: AT }] })).amount).toBe(0)
    const other = { expiry: AT + 10 * DAY, forward: 9_000 }
    const several = { assets: { ETH: { ...ETH, expiries: [other, { expiry: AT + 30 * DAY, forward: 2_600 }] } } }
    expect(
      addOnOf(account(rule, { positions: [{ ...call, strike: 1, quantity: 2 }], marketData: several })).amount,
    ).toBeCloseTo(0, 9)
  })

  it('calendar basis: an annualised move of all forwards, netted by underlying', () => {
    const rule = { kind: 'calendarBasis', place: 'inside', annualised: 0.05 }
    const future: PositionInput = { ...perp, id: 'f', kind: 'future', quantity: 10, expiry: AT + 73 * DAY }
    expect(addOnOf(account(rule, { positions: [future] })).amount).toBeCloseTo(25_000 * 0.05 * 0.2, 9)
    const spread = [future, { ...future, id: 'g', quantity: -10, expiry: AT + 146 * DAY }, perp]
    expect(addOnOf(account(rule, { positions: spread })).amount).toBeCloseTo(25_000 * 0.05 * 0.2, 9)
  })

  it('minimum charge: progressive on itself', () => {
    const tiers = [
      { upTo: 50, multiplier: 1 },
      { upTo: null, multiplier: 3 },
    ]
    const rule = { kind: 'minimumCharge', place: 'floor', rate: 0.01, tiers }
    const report = margin(
      account(rule, {
        positions: [
          { ...perp, quantity: 4 },
          { ...call, expiry: AT },
        ],
      }),
    )
    expect(report.components.addOns[0]).toMatchObject({ amount: 200, details: { raw: 100 } })
    expect(report.initialMargin).toBeCloseTo(2_000, 9)
    const binding = margin(account({ ...rule, rate: 1 }, { positions: [perp] }))
    expect(binding.initialMargin).toBeCloseTo(29_900, 9)
    expect(binding.maintenanceMargin).toBeCloseTo(0.8 * 29_900, 9)
    expect(binding.attribution).toEqual([{ leg: 'minimumCharge', kind: 'addOn', amount: expect.closeTo(29_900, 9) }])
  })

  it('stand where their place says: base competes, inside is scaled, outside is not', () => {
    const at = (place: string, rate: number) => margin(account({ kind: 'fee', place, rate }, { positions: [perp] }))
    const figures = (place: string, rate: number) => {
      const { initialMargin, maintenanceMargin } = at(place, rate)
      return [initialMargin, maintenanceMargin].map((figure) => Math.round(figure * 1e6) / 1e6)
    }
    expect(figures('base', 0.1)).toEqual([2_000, 1_600])
    expect(figures('base', 0.5)).toEqual([5_000, 4_000])
    expect(figures('inside', 0.1)).toEqual([3_000, 2_400])
    expect(figures('outside', 0.1)).toEqual([3_000, 2_600])
    expect(figures('floor', 0.1)).toEqual([2_000, 1_600])
    expect(figures('floor', 0.5)).toEqual([5_000, 4_000])
    expect(at('base', 0.5).attribution).toEqual([{ leg: 'fee', kind: 'addOn', amount: 5_000 }])
    expect(at('inside', 0.1).attribution.map(({ leg }) => leg)).toEqual(['p', 'fee'])
    expect(at('base', 0.5).worstScenario).toEqual({ id: 'fee', loss: 5_000, moves: [] })
  })

  it('of several floors the highest binds, whatever their order', () => {
    const floors = [0.1, 0.5, 0.3].map((rate) => ({ kind: 'fee', place: 'floor', rate }))
    for (const charges of [floors, [...floors].reverse()]) {
      const report = margin({ ...account({}, { positions: [perp] }), parameters: { ...scanOnly, charges } })
      expect(report.initialMargin).toBe(5_000)
      expect(report.maintenanceMargin).toBe(4_000)
    }
  })

  it('floors are held against the losses and what is inside together', () => {
    const charges = [
      { kind: 'fee', place: 'floor', rate: 0.25 },
      { kind: 'timeDecay', place: 'inside', days: 1 },
      { kind: 'perpStatic', place: 'inside', initial: 0.1, maintenance: 0.1 },
    ]
    const report = margin({ ...account({}, { positions: [perp] }), parameters: { ...scanOnly, charges } })
    // 2,000 of scan and 1,000 inside are more than the floor of 2,500.
    expect(report.initialMargin).toBeCloseTo(3_000, 9)
    expect(report.attribution.map(({ leg, amount }) => [leg, Math.round(amount)])).toEqual([
      ['p', 2_000],
      ['timeDecay', 0],
      ['perpStatic', 1_000],
    ])
  })

  it('concentration: by size against depth, else against the class, on what survives the scan', () => {
    const rule = { kind: 'concentration', place: 'outside', shares: {} }
    const collateral = [{ id: 'h', asset: 'ETH', quantity: 1_000, haircut: { oracleSources: 2 } }]
    const by = (market: object, held = collateral) =>
      addOnOf(account(rule, { collateral: held, marketData: { assets: { ETH: { ...ETH, ...market } } } })).amount
    expect(by({})).toBe(0)
    // 2,000,000 survives −20 %; T = min(10 · 20,000, 10 % of 5,000,000) = 200,000.
    const expected = (size: number, threshold: number) =>
      0.2 * threshold * (1 + (2 / 3) * ((size / threshold) ** 1.5 - 1)) - 0.2 * size
    expect(by({ depth2Percent: 20_000, dailyVolume: 5_000_000 })).toBeCloseTo(expected(2e6, 2e5), 4)
    expect(by({ dailyVolume: 5_000_000 })).toBeCloseTo(expected(2e6, 5e5), 4)
    expect(by({ depth2Percent: 20_000 })).toBeCloseTo(expected(2e6, 2e5), 4)
    // However deep its pools are: without the volume, the size of the class stands for it.
    const much = collateral.map((row) => ({ ...row, quantity: 50_000 }))
    expect(by({}, much)).toBeGreaterThan(0)
    expect(by({ depth2Percent: 1e12 }, much)).toBe(by({}, much))
    expect(by({ depth2Percent: 1e12, dailyVolume: 5_000_000 })).toBeCloseTo(expected(2e6, 5e5), 4)
  })
})

describe('the circuit breaker', () => {
  const input = (market: object): MarginInput =>
    account(
      { kind: 'fee', place: 'outside', rate: 0 },
      { positions: [perp], marketData: { assets: { ETH: { ...ETH, ...market } } } },
    )

  it('multiplies shocks at once in the initial, later in the maintenance requirement', () => {
    const calm = margin(input({}))
    expect([calm.initialMargin, calm.maintenanceMargin]).toEqual([expect.closeTo(2_000, 9), expect.closeTo(1_600, 9)])
    const first = margin(input({ shockFactor: 1.5 }))
    expect([first.initialMargin, first.maintenanceMargin]).toEqual([expect.closeTo(3_000, 9), expect.closeTo(1_600, 9)])
    const later = margin(input({ shockFactor: 1.5, maintenanceShockFactor: 1.25 }))
    expect([later.initialMargin, later.maintenanceMargin]).toEqual([expect.closeTo(3_000, 9), expect.closeTo(2_000, 9)])
    const full = margin(input({ shockFactor: 1.5, maintenanceShockFactor: 1.5 }))
    expect(full.maintenanceMargin).toBeCloseTo(2_400, 9)
  })

  it('is fed by the moves of the market: −10 % in the window, then calm again', () => {
    const AN_HOUR = 3_600
    const observations = [
      { at: AT - AN_HOUR, price: 2_700 },
      { at: AT - 60, price: 2_500 },
      { at: AT, price: 2_430 },
    ]
    const move = windowMove(observations, breakerDefaults.latencySeconds)
    expect(move).toBeCloseTo(-0.1, 12)
    const tripped = observeMove({ kind: 'calm' }, { at: AT, move, volatility: 0.7 })
    const at = (seconds: number) => {
      const { initial, maintenance } = breakerFactors(tripped, AT + seconds)
      return margin(input({ shockFactor: initial, maintenanceShockFactor: maintenance }))
    }
    // 3 · 0.7 · √(40 min) = 1.83 %: exceeded more than one and a half times, so the factor is the largest, 1.5.
    expect([at(0).initialMargin, at(0).maintenanceMargin]).toEqual([expect.closeTo(3_000, 9), expect.closeTo(1_600, 9)])
    expect(at(AN_HOUR / 2).maintenanceMargin).toBeCloseTo(1_600 * 1.25, 9)
    const sixHours = at(6 * AN_HOUR)
    expect(sixHours.initialMargin).toBeCloseTo(2_000 * 1.25, 9)
    expect(sixHours.maintenanceMargin).toBeCloseTo(1_600 * 1.25, 9)
  })

  it('never below the initial factor, never beyond −100 %', () => {
    expect(() => margin(input({ shockFactor: 1.2, maintenanceShockFactor: 1.3 }))).toThrow(
      '/marketData/assets/ETH/maintenanceShockFactor',
    )
    expect(() => margin(input({ shockFactor: 0.9 }))).toThrow('/marketData/assets/ETH/shockFactor')
    const long = margin({ ...input({ shockFactor: 10 }), positions: [{ ...perp, quantity: 4 }] })
    expect(long.components.scan).toBeCloseTo(10_000, 9)
  })
})

describe('a named crash', () => {
  it('binds where half of it is worse than the scan: BTC −52.5 % in a day', () => {
    const report = margin({
      model: 'portfolio',
      at: AT,
      positions: [{ id: 'b', kind: 'perp', underlying: 'BTC', quantity: 1 }],
      marketData: { assets: { BTC: { indexPrice: 60_000, class: 'BTC' } } },
      parameters: { extends: 'house-1', charges: [] },
    })
    expect(report.components.scan).toBeCloseTo(10_800, 9)
    expect(report.components.stress).toBeCloseTo(15_750, 9)
    expect(report.initialMargin).toBeCloseTo(15_750, 9)
    expect(report.worstScenario).toEqual({
      id: '2020-03-12-black-thursday',
      loss: expect.closeTo(15_750, 9),
      moves: [{ riskGroup: 'BTC', price: expect.closeTo(-0.525, 12), vol: 1 }],
    })
    expect(report.attribution).toEqual([{ leg: 'b', kind: 'position', amount: expect.closeTo(15_750, 9) }])
    const crash = report.scenarios.find(({ id }) => id === '2020-03-12-black-thursday')
    expect(crash).toEqual({ id: crash?.id, riskGroup: '*', pnl: expect.closeTo(-31_500, 9), weight: 0.5 })
  })
})

describe('curators', () => {
  it('can fail one at a time', () => {
    const collateral = [
      { id: 'a', asset: 'USDC', quantity: 1_000, curator: 'one', haircut: { oracleSources: 2 } },
      { id: 'b', asset: 'USDC', quantity: 600, curator: 'two', haircut: { oracleSources: 2 } },
    ]
    const marketData = { assets: { USDC: { indexPrice: 1, class: 'majorStable' } } }
    const parameters = { extends: 'house-1', charges: [], stress: { curatorWeight: 0.9 } }
    const report = margin({ model: 'portfolio', at: AT, collateral, marketData, parameters })
    expect(report.components.stress).toBeCloseTo(900, 9)
    expect(report.worstScenario).toEqual({ id: 'curator:one', loss: expect.closeTo(900, 9), moves: [] })
    expect(report.attribution.filter(({ amount }) => amount !== 0)).toEqual([
      { leg: 'a', kind: 'collateral', amount: expect.closeTo(900, 9) },
    ])
    expect(report.scenarios.filter(({ id }) => id.startsWith('curator')).map(({ pnl }) => pnl)).toEqual([-1_000, -600])
  })

  it('yield to a crash that is worse', () => {
    const collateral = [{ id: 'a', asset: 'BTC', quantity: 1, curator: 'one', haircut: { oracleSources: 2 } }]
    const report = margin({
      model: 'portfolio',
      at: AT,
      collateral,
      marketData: { assets: { BTC: { indexPrice: 60_000, class: 'BTC' } } },
      parameters: { extends: 'house-1', charges: [], stress: { curatorWeight: 0.1 } },
    })
    expect(report.worstScenario?.id).toBe('2020-03-12-black-thursday')
    expect(report.components.stress).toBeCloseTo(0.97 * 15_750, 6)
  })

  it('take a unit with them', () => {
    const unit = {
      id: 'u',
      rule: 'morpho' as const,
      control: 'enforceable' as const,
      collateral: [
        {
          asset: 'USDC',
          quantity: 1_000,
          liquidationThreshold: 0.9,
          maxLtv: 0.9,
          curator: 'one',
          haircut: { oracleSources: 2 },
        },
      ],
      debt: [],
    }
    const marketData = { assets: { USDC: { indexPrice: 1, class: 'majorStable' } } }
    const parameters = { extends: 'house-1', charges: [], stress: { curatorWeight: 0.9 } }
    const report = margin({ model: 'portfolio', at: AT, lendingUnits: [unit], marketData, parameters })
    expect(report.components.stress).toBeCloseTo(900, 9)
  })
})
