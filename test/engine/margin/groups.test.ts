import { describe, expect, it } from 'vitest'
import { margin } from '../../../engine/index'
import type { AssetMarket, LendingUnit, MarginInput, PositionInput } from '../../../engine/types'

const AT = 1_790_000_000

const scanOnly = { extends: 'house-1', charges: [], stress: null }

function account(assets: Readonly<Record<string, AssetMarket>>, parts: Partial<MarginInput>): MarginInput {
  return { model: 'portfolio', at: AT, marketData: { assets }, parameters: scanOnly, ...parts }
}

const perp = (underlying: string, quantity: number): PositionInput => ({
  id: underlying,
  kind: 'perp',
  underlying,
  quantity,
})

describe('a risk group', () => {
  const alt: AssetMarket = { indexPrice: 100, class: 'largeAlt' }

  it('moves by its namesake, and by its widest member when it has none', () => {
    const named = { ETH: { indexPrice: 100, class: 'ETH' }, COIN: { ...alt, riskGroup: 'ETH' } }
    expect(margin(account(named, { positions: [perp('COIN', 1)] })).components.scan).toBeCloseTo(20, 9)
    const unnamed = {
      A: { indexPrice: 100, class: 'ETH', riskGroup: 'pair' },
      B: { ...alt, riskGroup: 'pair' },
      C: { indexPrice: 100, class: 'BTC', riskGroup: 'pair' },
    }
    expect(margin(account(unnamed, { positions: [perp('A', 1)] })).components.scan).toBeCloseTo(30, 9)
    expect(margin(account(unnamed, { positions: [perp('A', 1), perp('B', -1)] })).components.scan).toBeCloseTo(0, 9)
  })

  it('is named in the worst scenario only when it loses', () => {
    const assets = { A: alt, B: alt }
    const hedged = [perp('A', 1), perp('B', 1), { ...perp('B', -1), id: 'hedge' }]
    expect(margin(account(assets, { positions: hedged })).worstScenario).toEqual({
      id: 'A:-30%',
      loss: expect.closeTo(30, 9),
      moves: [{ riskGroup: 'A', price: expect.closeTo(-0.3, 12), vol: 0 }],
    })
  })

  it('is summed up with others where no correlation is stated, whichever way round it is', () => {
    const assets = { A: alt, B: alt }
    const positions = [perp('A', 1), perp('B', -1)]
    const scanOf = (parameters: object, correlations = {}) =>
      margin(account(assets, { positions, parameters, marketData: { assets, correlations } })).components.scan
    expect(scanOf({ ...scanOnly, correlationFloors: [] })).toBeCloseTo(60, 9)
    const floorOf = (...between: readonly [string, string]) => ({
      ...scanOnly,
      correlationFloors: [{ between, floor: 0.2 }],
    })
    const partly = 30 * Math.sqrt(2 + 2 * 0.2)
    expect(scanOf(floorOf('A', 'B'))).toBeCloseTo(partly, 9)
    expect(scanOf(floorOf('B', 'A'))).toBeCloseTo(partly, 9)
    expect(scanOf(floorOf('largeAlt', 'B'))).toBeCloseTo(partly, 9)
    expect(scanOf(floorOf('alt', 'alt'))).toBeCloseTo(partly, 9)
    expect(scanOf(floorOf('A', 'C'))).toBeCloseTo(60, 9)
    const stated = 30 * Math.sqrt(2 + 2 * 0.6)
    expect(scanOf(floorOf('alt', 'alt'), { A: { B: 0.6 } })).toBeCloseTo(stated, 8)
    expect(scanOf(floorOf('alt', 'alt'), { B: { A: 0.6 } })).toBeCloseTo(stated, 8)
  })
})

describe('units with several crypto factors', () => {
  const assets = {
    ETH: { indexPrice: 2_500, class: 'ETH' },
    BTC: { indexPrice: 50_000, class: 'BTC' },
    SOL: { indexPrice: 100, class: 'largeAlt' },
  }
  const leg = (asset: string, quantity: number) => ({
    asset,
    quantity,
    liquidationThreshold: 0.8,
    maxLtv: 0.75,
    liquidationIncentive: 1.05,
    haircut: { oracleSources: 2 },
  })
  const unit = (id: string, ...collateral: LendingUnit['collateral']): LendingUnit => ({
    id,
    rule: 'aave',
    control: 'enforceable',
    unwindable: true,
    collateral,
    debt: [],
  })
  const scanOf = (...lendingUnits: readonly LendingUnit[]) => margin(account(assets, { lendingUnits })).components.scan

  it('are placed where they cost least', () => {
    // 25,000 of each, −20 % and −18 % together, wherever the unit is placed; BTC's wrapper floor of 3 % is off already.
    const both = scanOf(unit('u', leg('ETH', 10), leg('BTC', 0.5)))
    expect(both).toBeCloseTo(0.985 * 0.9955 * 25_000 * 0.38, 6)
    // Beside a unit of ETH alone, ρ = 0.9: hosted by ETH the two add up, hosted by BTC they diversify.
    const one = 0.985 * 0.9955 * 25_000 * 0.38
    const other = 0.9955 * 25_000 * 0.2
    const beside = scanOf(unit('u', leg('ETH', 10), leg('BTC', 0.5)), unit('v', leg('ETH', 10)))
    expect(beside).toBeCloseTo(Math.sqrt(one * one + other * other + 2 * 0.9 * one * other), 6)
  })

  it('are placed one by one when there are too many ways, and never cheaper than the best of fewer', () => {
    const many = Array.from({ length: 7 }, (_, index) => unit(`u${index}`, leg('ETH', 10), leg('SOL', 250)))
    const six = scanOf(...many.slice(0, 6))
    const seven = scanOf(...many)
    expect(seven).toBeGreaterThan(six)
    expect(seven).toBeCloseTo(7 * 0.9955 * 25_000 * 0.5, 4)
  })

  it('can be withdrawn from as far as they are movable, whatever they are worth to a venue that unwinds them', () => {
    const indebted = { ...unit('u', leg('ETH', 100)), debt: [{ asset: 'USDC', quantity: 100_000 }] }
    const stable = { ...assets, USDC: { indexPrice: 1, class: 'majorStable' } }
    const report = margin(account(stable, { lendingUnits: [indebted], cash: 200_000 }))
    // (0.8 ÷ 1.25 · 250,000 − 100,000) ÷ 0.64
    const movable = 250_000 - 100_000 / 0.64
    const free = 200_000 - report.cashShare.required
    expect(report.excessInitialMargin).toBeGreaterThan(free + movable)
    expect(report.availableToWithdraw).toBeCloseTo(free + movable, 6)
  })

  it('have no place and no effect without anything in them', () => {
    expect(scanOf(unit('empty', leg('ETH', 0)), unit('v', leg('ETH', 10)))).toBeCloseTo(0.9955 * 25_000 * 0.2, 6)
  })
})

describe('attribution', () => {
  it('says of every leg what it is', () => {
    const assets = { ETH: { indexPrice: 2_500, class: 'ETH' }, BTC: { indexPrice: 50_000, class: 'BTC' } }
    const report = margin(
      account(assets, {
        parameters: { ...scanOnly, charges: [{ kind: 'fee', place: 'outside', rate: 0.01 }] },
        positions: [perp('ETH', 1)],
        collateral: [{ id: 'held', asset: 'ETH', quantity: 1 }],
        cash: [{ asset: 'ETH', quantity: 1 }],
        lendingUnits: [
          {
            id: 'unit',
            rule: 'aave',
            control: 'enforceable',
            collateral: [
              { asset: 'ETH', quantity: 1, liquidationThreshold: 0.8, maxLtv: 0.75, liquidationIncentive: 1.05 },
            ],
            debt: [],
          },
        ],
      }),
    )
    expect(report.attribution.map(({ leg, kind }) => [leg, kind])).toEqual([
      ['ETH', 'position'],
      ['held', 'collateral'],
      ['cash:ETH', 'cash'],
      ['unit', 'lendingUnit'],
      ['fee', 'addOn'],
    ])
  })
})

describe('cash', () => {
  const assets = { BTC: { indexPrice: 50_000, class: 'BTC' }, USDC: { indexPrice: 1, class: 'majorStable' } }

  it('in an asset moves with it, owed or held, and is named by its sub-account', () => {
    const report = margin(
      account(assets, {
        cash: [
          { asset: 'BTC', quantity: -1 },
          { asset: 'USDC', quantity: 1_000, subAccount: 'b' },
          { asset: 'USD', quantity: 60_000 },
        ],
      }),
    )
    expect(report).toMatchObject({ cash: 61_000, recourseDebt: 50_000, marginBalance: 11_000 })
    expect(report.cashShare.held).toBe(61_000)
    const amounts = new Map(report.attribution.map(({ leg, kind, amount }) => [`${kind} ${leg}`, amount]))
    expect([...amounts.keys()]).toEqual(['cash cash:BTC', 'cash cash:USDC:b'])
    const [owed, held] = [9_000, 123]
    const loss = Math.sqrt(owed * owed + held * held + 2 * 0.3 * owed * held)
    expect(report.components.scan).toBeCloseTo(loss, 6)
    expect(amounts.get('cash cash:BTC')).toBeCloseTo((owed * (owed + 0.3 * held)) / loss, 6)
  })

  it('owed is worth its price, and par at least only where it is a stablecoin', () => {
    const cheap = {
      ...assets,
      USDC: { indexPrice: 0.5, class: 'majorStable' },
      ALT: { indexPrice: 0.5, class: 'largeAlt' },
    }
    const owed = (asset: string) => margin(account(cheap, { cash: [{ asset, quantity: -100 }] })).recourseDebt
    expect(owed('USDC')).toBe(100)
    expect(owed('ALT')).toBe(50)
  })

  it('needs a price', () => {
    expect(() => margin(account(assets, { cash: [{ asset: 'EUR', quantity: 1 }] }))).toThrow('/marketData/assets/EUR')
  })
})

describe('concentration', () => {
  const market = { ETH: { indexPrice: 2_500, class: 'ETH' } }
  const chargeOf = (shares: object, parts: Partial<MarginInput>) =>
    margin(
      account(market, {
        ...parts,
        parameters: { ...scanOnly, charges: [{ kind: 'concentration', place: 'outside', shares }] },
      }),
    ).components.addOns[0]?.amount as number
  const held = (id: string, more: object) => ({
    id,
    asset: 'ETH',
    quantity: 10,
    haircut: { oracleSources: 2 },
    ...more,
  })
  /** ∫ min(1, h·√(q ÷ T)) − h·Q from T to Q, as long as h·√(Q ÷ T) ≤ 1. */
  const expected = (size: number, threshold: number) =>
    0.2 * threshold * (1 + (2 / 3) * ((size / threshold) ** 1.5 - 1)) - 0.2 * size

  it.each(['issuer', 'protocol', 'chain', 'oracle', 'curator'] as const)('is charged by %s', (axis) => {
    const collateral = [held('a', { [axis]: 'x' }), held('b', { [axis]: 'y' })]
    // 20,000 of each survives −20 %; half of the total is at 'x', a quarter is allowed.
    expect(chargeOf({ [axis]: 0.25 }, { collateral })).toBeCloseTo(2 * expected(20_000, 10_000), 6)
    expect(chargeOf({ [axis]: 0.5 }, { collateral })).toBeCloseTo(0, 9)
    expect(chargeOf({}, { collateral })).toBeCloseTo(0, 9)
    const together = [held('a', { [axis]: 'x' }), held('b', { [axis]: 'x' })]
    expect(chargeOf({ [axis]: 0.5 }, { collateral: together })).toBeCloseTo(expected(40_000, 20_000), 6)
  })

  it('spreads what is left of a unit over its collateral by value', () => {
    const leg = { liquidationThreshold: 0.8, maxLtv: 0.75, liquidationIncentive: 1.05, haircut: { oracleSources: 2 } }
    const unit: LendingUnit = {
      id: 'u',
      rule: 'aave',
      control: 'enforceable',
      unwindable: true,
      collateral: [
        { asset: 'ETH', quantity: 10, issuer: 'x', ...leg },
        { asset: 'WETH', quantity: 30, issuer: 'y', ...leg, class: 'ETH', riskGroup: 'ETH', oraclePrice: 2_500 },
      ],
      debt: [],
    }
    const left = 0.9955 * 100_000 * 0.8
    expect(chargeOf({ issuer: 0.5 }, { lendingUnits: [unit] })).toBeCloseTo(expected(0.75 * left, 0.5 * left), 6)
    const unpriced = { ...unit, collateral: unit.collateral.map((row) => ({ ...row, unusable: 'PRICE_STALE' })) }
    expect(chargeOf({ issuer: 0.5 }, { lendingUnits: [unpriced] })).toBe(0)
  })

  it('takes the size of an asset which no market data name from its class', () => {
    const collateral = [
      held('a', { asset: 'WETH', quantity: 100_000, oraclePrice: 2_500, class: 'ETH' }),
      held('b', { asset: 'ALT', quantity: 1, oraclePrice: 1, class: 'largeAlt' }),
    ]
    // 200 m survive −20 %; the class is charged from 25 m.
    expect(chargeOf({}, { collateral })).toBeCloseTo(expected(2e8, 2.5e7), 2)
  })
})
