import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { margin, marginAt, prepareTick } from '../../../engine/index'
import * as revaluation from '../../../engine/scenario/fillRiskArray'
import type { AccountInput, MarginInput, Model, PositionInput, TickInput } from '../../../engine/types'
import { propertyRuns } from '../propertyRuns'
import { AT, accountArbitrary, anySize, assets } from './arbitraries'

vi.mock('../../../engine/scenario/fillRiskArray', { spy: true })

afterEach(() => {
  vi.clearAllMocks()
})

const revalued = () => vi.mocked(revaluation.fillRiskArray).mock.calls.length

const series = (amplitude: number, step: number) =>
  Array.from({ length: 12 }, (_, index) => amplitude * (((index * step) % 13) / 6 - 1))

const market: TickInput = {
  at: AT,
  marketData: {
    assets: { ...assets, ETH: { ...assets.ETH, shockFactor: 1.4, maintenanceShockFactor: 1.2, volatility: 0.7 } },
    history: {
      returns: { BTC: series(0.05, 5), ETH: series(0.07, 4), SOL: series(0.1, 7) },
      volMoves: { ETH: series(0.3, 3) },
    },
  },
}

const models: readonly Model[] = ['isolated', 'cross', 'portfolio', 'var', 'es', 'greeks']

function ownPart({ at, marketData, parameters, ...account }: MarginInput): AccountInput {
  return account
}

describe('marginAt', { timeout: 240_000 }, () => {
  it('gives the bits of margin, whatever accounts were valued in the tick before', () => {
    const tick = prepareTick(market)
    fc.assert(
      fc.property(accountArbitrary(anySize).map(ownPart), fc.constantFrom(...models), (account, model) => {
        const question = { ...account, model }
        expect(marginAt(tick, question)).toEqual(margin({ ...market, ...question }))
      }),
      { numRuns: propertyRuns(1000), seed: 11 },
    )
  })

  it('takes no market of its own, and names what is wrong in the account', () => {
    const tick = prepareTick(market)
    expect(() => marginAt(tick, { model: 'cross', at: AT } as AccountInput)).toThrow('/at')
    expect(() => marginAt(tick, { model: 'cross', recourseDebt: -1 })).toThrow('/recourseDebt')
    expect(() => prepareTick({ ...market, cash: 1 } as TickInput)).toThrow('/cash')
    expect(() => prepareTick({ at: AT, parameters: 'none' })).toThrow('/parameters')
  })
})

const option = (strike: number, more: Partial<PositionInput> = {}): PositionInput => ({
  id: `${strike}`,
  kind: 'option',
  underlying: 'BTC',
  quantity: 1,
  strike,
  expiry: AT + 30 * 86_400,
  optionType: 'call',
  ...more,
})

describe('a tick', () => {
  const calm: TickInput = { at: AT, marketData: { assets }, parameters: { extends: 'house-1', stress: null } }
  const strikes = Array.from({ length: 40 }, (_, index) => 40_000 + 1_000 * index)
  const account = (quantity: number): AccountInput => ({
    model: 'portfolio',
    positions: strikes.map((strike) => option(strike, { quantity })),
  })

  it('revalues a contract once, however many accounts hold it', () => {
    const tick = prepareTick(calm)
    const first = marginAt(tick, account(1))
    expect(revalued()).toBe(strikes.length)
    for (let index = 0; index < 50; index += 1) marginAt(tick, account(index - 25))
    expect(revalued()).toBe(strikes.length)
    expect(marginAt(tick, account(1))).toEqual(first)
    margin({ ...calm, ...account(1) })
    expect(revalued()).toBe(2 * strikes.length)
  })

  it('tells contracts apart by each of their terms', () => {
    const tick = prepareTick(calm)
    const terms: readonly Partial<PositionInput>[] = [
      {},
      { strike: 60_001 },
      { expiry: AT + 31 * 86_400 },
      { optionType: 'put' },
      { impliedVol: 0.9 },
      { underlying: 'ETH' },
      { kind: 'future', strike: undefined, optionType: undefined },
      { kind: 'future', strike: undefined, optionType: undefined, markPrice: 61_000 },
      { kind: 'future', strike: undefined, optionType: undefined, expiry: AT + 86_400 },
      { kind: 'perp', strike: undefined, optionType: undefined, expiry: undefined },
      { kind: 'perp', strike: undefined, optionType: undefined, expiry: undefined, markPrice: 61_000 },
    ]
    const positions = terms.map((term) => option(60_000, term))
    for (const [index, position] of positions.entries()) {
      marginAt(tick, { model: 'portfolio', positions: [position] })
      expect(revalued()).toBe(index + 1)
    }
    for (const position of positions) marginAt(tick, { model: 'portfolio', positions: [position] })
    expect(revalued()).toBe(positions.length)
  })

  it('keeps one contiguous array for a set of shocks, rows of which scan, joint moves and crashes reduce', () => {
    const tick = prepareTick({ ...market, parameters: 'house-1' })
    marginAt(tick, account(1))
    const tables = [...tick.memory.riskArrays]
    expect(tables.map(([key]) => key)).toEqual(['history', 'crashes', '["grid","BTC",1,false]'])
    for (const [, { rows, pnl, scenarios }] of tables) {
      expect([...rows.values()]).toEqual(strikes.map((_, index) => index))
      expect(pnl.length).toBeGreaterThanOrEqual(rows.size * scenarios)
    }
  })

  it('counts an array published for a position in its own scenarios only', () => {
    const published = Array.from({ length: 16 }, (_, index) => -index)
    const perp: PositionInput = { id: 'p', kind: 'perp', underlying: 'BTC', quantity: 1 }
    const input: MarginInput = {
      model: 'es',
      at: AT,
      parameters: 'span16',
      positions: [perp],
      marketData: {
        assets: { BTC: { indexPrice: 100 } },
        riskArrays: { p: published },
        history: { returns: { BTC: published.map((loss) => loss / 1_000) } },
      },
    }
    // 2.5 % of 16 days is less than a day: the worst, −1.5 % of 100.
    expect(margin(input).initialMargin).toBeCloseTo(1.5, 9)
    // The two extreme scenarios are the last ones and count 35 %: 13 is more than 0.35 · 15.
    expect(margin({ ...input, model: 'portfolio' }).initialMargin).toBe(13)
  })
})
