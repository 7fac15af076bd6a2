import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { margin } from '../../../engine/index'
import type { MarginInput } from '../../../engine/types'
import { propertyRuns } from '../propertyRuns'
import { AT, accountArbitrary, assets, ordinarySize } from './arbitraries'

const series = (length: number) =>
  fc.array(fc.double({ min: -0.3, max: 0.3, noNaN: true }), { minLength: length, maxLength: length })

const history = fc
  .integer({ min: 2, max: 40 })
  .chain((length) => fc.record({ BTC: series(length), ETH: series(length), SOL: series(length) }))
  .map((returns) => ({ returns }))

const short: MarginInput = {
  model: 'var',
  at: AT,
  cash: 10_000,
  positions: [{ id: 'p', kind: 'perp', underlying: 'ETH', quantity: -4 }],
  marketData: { assets, history: { returns: { ETH: [0.1, -0.05, 0.02, 0.2] } } },
  parameters: {
    extends: 'house-1',
    charges: [],
    measures: { valueAtRisk: 0.5, expectedShortfall: 0.5 },
    joint: { confidence: 0.5, method: 'historical' },
  },
}

describe('var and es', () => {
  it('measure past joint moves by full revaluation: −4 ETH at 2,500 loses 1,000, −500, 200, 2,000', () => {
    const asVar = margin(short)
    // Half of the losses are at most 200: the lower inverse of their distribution.
    expect(asVar.initialMargin).toBeCloseTo(200, 9)
    expect(asVar.maintenanceMargin).toBeCloseTo(160, 9)
    expect(asVar.measures).toEqual({
      valueAtRisk: expect.closeTo(200, 9),
      expectedShortfall: expect.closeTo(1_500, 9),
    })
    expect(asVar.attribution).toEqual([{ leg: 'p', kind: 'position', amount: expect.closeTo(200, 9) }])
    expect(asVar.worstScenario?.id).toBe('history:2')
    const asEs = margin({ ...short, model: 'es' })
    expect(asEs.initialMargin).toBeCloseTo(1_500, 9)
    expect(asEs.model).toBe('es')
  })

  it('need a history, and moves for every asset that is not a stablecoin', () => {
    expect(() => margin({ ...short, marketData: { assets } })).toThrow('/marketData/history')
    const other = { ...short, positions: [{ id: 'p', kind: 'perp' as const, underlying: 'SOL', quantity: 1 }] }
    expect(() => margin(other)).toThrow('/marketData/history/returns')
  })

  it('count what long options are worth', () => {
    const terms = { strike: 1, optionType: 'call' as const, expiry: AT + 86_400, impliedVol: 0.5 }
    const option = { id: 'o', kind: 'option' as const, underlying: 'ETH', quantity: 2, ...terms }
    for (const model of ['var', 'es', 'greeks'] as const) {
      const marketData = { assets, history: { returns: { ETH: [0.1, -0.05] } } }
      expect(margin({ ...short, model, positions: [option], marketData }).netOptionValue).toBeCloseTo(4_998, 6)
    }
  })

  it('are 0 for an account that never loses', () => {
    const report = margin({ ...short, positions: [] })
    expect(report.initialMargin).toBe(0)
    expect(report.worstScenario).toBeNull()
  })

  it('order as ES ≥ VaR ≥ 0, and attribute all of it', { timeout: 240_000 }, () => {
    fc.assert(
      fc.property(accountArbitrary(ordinarySize), history, (account, past) => {
        const input = { ...account, marketData: { ...account.marketData, history: past } }
        const asVar = margin({ ...input, model: 'var' })
        const asEs = margin({ ...input, model: 'es' })
        expect(asVar.components.joint).toBeGreaterThanOrEqual(0)
        expect(asEs.components.joint).toBeGreaterThanOrEqual(asVar.components.joint as number)
        for (const report of [asVar, asEs]) {
          const legs = report.attribution.reduce((sum, row) => sum + row.amount, 0)
          const scale = report.grossCollateralValue + report.initialMargin + 1
          expect(Math.abs(legs - report.initialMargin)).toBeLessThanOrEqual(1e-7 * scale)
          expect(report.initialMargin).toBeGreaterThanOrEqual(report.maintenanceMargin)
        }
      }),
      { numRuns: propertyRuns(1000), seed: 11 },
    )
  })
})

describe('joint moves in the portfolio model', () => {
  it('count when they are worse than the scan: short 4 ETH, +60 % in the tail', () => {
    const input: MarginInput = { ...short, model: 'portfolio' }
    const past = { returns: { ETH: [0.6, -0.05, 0.6, 0.6] } }
    const report = margin({ ...input, marketData: { assets, history: past } })
    expect(report.components.scan).toBeCloseTo(2_000, 9)
    expect(report.components.joint).toBeCloseTo(6_000, 9)
    expect(report.initialMargin).toBeCloseTo(6_000, 9)
    expect(report.worstScenario).toEqual({
      id: 'history:0',
      loss: expect.closeTo(6_000, 9),
      moves: expect.arrayContaining([{ riskGroup: 'ETH', price: expect.closeTo(0.6, 12), vol: 0 }]),
    })
    expect(report.worstScenario?.moves.every(({ price, vol }) => price !== 0 || vol !== 0)).toBe(true)
    expect(report.worstScenario?.moves.some(({ riskGroup }) => riskGroup === 'USDC')).toBe(false)
  })

  it('are left out where the set has none', () => {
    const past = { returns: { ETH: [0.6, -0.05, 0.6, 0.6] } }
    const parameters = { extends: 'house-1', charges: [], joint: null }
    const report = margin({ ...short, model: 'portfolio', parameters, marketData: { assets, history: past } })
    expect(report.components.joint).toBeNull()
    expect(report.components.jointReason).toBe('the parameter set has no joint moves')
    expect(report.initialMargin).toBeCloseTo(2_000, 9)
    // The models that measure the tail still do, by the history as it is.
    expect(
      margin({ ...short, model: 'es', parameters, marketData: { assets, history: past } }).initialMargin,
    ).toBeGreaterThan(5_000)
  })

  it.each(['weighted', 'filtered'] as const)('can be %s', (method) => {
    const parameters = { extends: 'house-1', charges: [], joint: { method, confidence: 0.9, decay: 0.5 } }
    const past = { returns: { ETH: [0.9, 0.01, -0.01, 0.01] } }
    const report = margin({ ...short, model: 'portfolio', parameters, marketData: { assets, history: past } })
    expect(report.components.joint).toBeLessThan(9_000)
    expect(report.components.joint).toBeGreaterThan(0)
  })

  it('move implied volatility with the rows of the history', () => {
    const option = {
      id: 'o',
      kind: 'option' as const,
      underlying: 'ETH',
      quantity: -1,
      strike: 2_500,
      optionType: 'call' as const,
      expiry: AT + 30 * 86_400,
      impliedVol: 0.6,
    }
    const lossOf = (move: number) =>
      margin({
        ...short,
        model: 'es',
        positions: [option],
        marketData: { assets, history: { returns: { ETH: [0, 0] }, volMoves: { ETH: [move, 0] } } },
      }).components.joint
    expect(lossOf(0)).toBe(0)
    // At 30 days the power law is 1: vega of about 2.85 per point of volatility, 0.3 · 60 points.
    expect(lossOf(0.3)).toBeGreaterThan(45)
    expect(lossOf(0.3)).toBeLessThan(55)
  })

  it('keep a series with a total loss out of the filter', () => {
    const parameters = { extends: 'house-1', charges: [], joint: { method: 'filtered', confidence: 0.5 } }
    const past = { returns: { ETH: [-1, 0.5] } }
    const report = margin({ ...short, model: 'portfolio', parameters, marketData: { assets, history: past } })
    expect(report.components.joint).toBeCloseTo(5_000, 9)
  })
})

describe('greeks', () => {
  const input: MarginInput = { ...short, model: 'greeks', parameters: { extends: 'house-1', charges: [] } }

  it('stand beside the full revaluation: 2.326 standard deviations of a linear position', () => {
    const report = margin({
      ...input,
      marketData: { assets: { ETH: { indexPrice: 2_500, class: 'ETH', volatility: 0.73 } } },
    })
    const deviation = 0.73 / Math.sqrt(365)
    expect(report.measures.deltaGammaVega).toBeCloseTo(4 * 2_500 * 2.326 * deviation, 6)
    expect(report.measures.fullRevaluation).toBeCloseTo(2_000, 9)
    expect(report.initialMargin).toBeCloseTo(2_000, 9)
  })

  it('count when they are larger', () => {
    const report = margin({
      ...input,
      marketData: { assets: { ETH: { indexPrice: 2_500, class: 'ETH', volatility: 3.65 } } },
    })
    expect(report.initialMargin).toBeCloseTo(4 * 2_500 * 2.326 * (3.65 / Math.sqrt(365)), 6)
    expect(report.worstScenario?.id).toBe('deltaGammaVega')
  })

  it('use shrunk correlations of the history and charge a volatility move', () => {
    const two: MarginInput = {
      ...input,
      positions: [
        { id: 'b', kind: 'perp', underlying: 'BTC', quantity: 1 },
        {
          id: 'e',
          kind: 'option',
          underlying: 'ETH',
          quantity: -1,
          strike: 2_500,
          optionType: 'put',
          expiry: AT + 30 * 86_400,
        },
      ],
      marketData: {
        assets,
        history: { returns: { BTC: [0.03, -0.03, 0.03, -0.03], ETH: [0.04, 0.04, -0.04, -0.04] } },
      },
    }
    const both = margin(two).measures.deltaGammaVega as number
    const [bitcoin, ether] = ['b', 'e'].map((id) => {
      const positions = two.positions?.filter((row) => row.id === id)
      return margin({ ...two, positions }).measures.deltaGammaVega as number
    }) as [number, number]
    // Uncorrelated returns: the losses add up as squares.
    expect(both).toBeCloseTo(Math.sqrt(bitcoin * bitcoin + ether * ether), 6)
    expect(bitcoin).toBeCloseTo(60_000 * 2.326 * 0.03, 6)
    // Delta and gamma alone: about half of 2,500 · 2.326 · 4 %; the volatility move comes on top.
    expect(ether).toBeGreaterThan(200)
  })

  it('take an asset that never moved, or has no history, to move as one with the others', () => {
    const positions = ['BTC', 'ETH', 'SOL'].map((underlying) => ({
      id: underlying,
      kind: 'perp' as const,
      underlying,
      quantity: 1,
    }))
    const of = (returns: Readonly<Record<string, readonly number[]>>, ...ids: readonly string[]) =>
      margin({
        ...input,
        positions: positions.filter(({ id }) => ids.includes(id)),
        marketData: {
          assets: { ...assets, SOL: { ...assets.SOL, class: 'ETH', volatility: 0.9 } },
          history: { returns },
        },
      }).measures.deltaGammaVega as number
    const constant = { BTC: [0.03, -0.03, 0.03, -0.03], ETH: [0.02, 0.02, 0.02, 0.02] }
    expect(of(constant, 'BTC', 'ETH')).toBeCloseTo(2.326 * (0.03 * 60_000 + 0.02 * 2_500), 6)
    const alone = of(constant, 'SOL')
    expect(alone).toBeCloseTo(150 * 2.326 * (0.9 / Math.sqrt(365)), 6)
    const crossed = { BTC: [0.03, -0.03, 0.03, -0.03], ETH: [0.04, 0.04, -0.04, -0.04] }
    const [bitcoin, ether] = [of(crossed, 'BTC'), of(crossed, 'ETH')]
    expect(of(crossed, 'BTC', 'ETH', 'SOL')).toBeCloseTo(
      Math.sqrt(bitcoin ** 2 + ether ** 2 + alone ** 2 + 2 * alone * (bitcoin + ether)),
      6,
    )
  })

  it('take assets to move as one while the history is a single day', () => {
    const positions = ['BTC', 'ETH'].map((underlying) => ({
      id: underlying,
      kind: 'perp' as const,
      underlying,
      quantity: 1,
    }))
    const returns = { BTC: [0.03], ETH: [-0.02] }
    const report = margin({ ...input, positions, marketData: { assets, history: { returns } } })
    expect(report.measures.deltaGammaVega).toBeCloseTo(2.326 * (0.03 * 60_000 + 0.02 * 2_500), 6)
  })

  it('need a volatility', () => {
    expect(() => margin({ ...input, marketData: { assets: { ETH: { indexPrice: 2_500 } } } })).toThrow(
      '/marketData/assets/ETH/volatility',
    )
  })

  it('are nothing without positions', () => {
    const report = margin({ ...input, positions: [], marketData: { assets } })
    expect(report.measures.deltaGammaVega).toBe(0)
    expect(report.worstScenario).toBeNull()
  })
})
