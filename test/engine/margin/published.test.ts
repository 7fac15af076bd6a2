import { describe, expect, it } from 'vitest'
import { margin } from '../../../engine/index'
import type { AssetMarket, ExpiryMarket, MarginInput, PositionInput } from '../../../engine/types'

const AT = 1_790_000_000
const DAY = 86_400
const YEAR = AT + 365 * DAY

const ETH: AssetMarket = { indexPrice: 2_500 }

const still = { id: 'still', price: 1, vol: 0, weight: 1 }

/** The rules of a published set, one at a time: nothing moves unless `rules` says so. */
function account(rules: object, parts: Partial<MarginInput> = {}, more: object = {}): MarginInput {
  const published = { scenarios: [still], skew: null, optionDiscount: null, basis: null, ...rules }
  return {
    model: 'portfolio',
    at: AT,
    marketData: { assets: { ETH } },
    parameters: {
      extends: 'derive-pmrm2',
      numeraire: null,
      scenarioSets: { published },
      factors: { initial: 1, maintenance: 0.8, peg: null },
      charges: [],
      ...more,
    },
    ...parts,
  }
}

const future = (quantity: number, more: Partial<PositionInput> = {}): PositionInput => ({
  id: `future${quantity}`,
  kind: 'future',
  underlying: 'ETH',
  quantity,
  expiry: YEAR,
  ...more,
})

/** Without volatility an option is worth its intrinsic value, discounted: a figure to check by hand. */
const option = (quantity: number, more: Partial<PositionInput> = {}): PositionInput => ({
  id: `option${quantity}`,
  kind: 'option',
  underlying: 'ETH',
  quantity,
  strike: 1_000,
  optionType: 'call',
  expiry: YEAR,
  impliedVol: 0,
  ...more,
})

const marketOf = (...expiries: readonly ExpiryMarket[]) => ({ assets: { ETH: { ...ETH, expiries } } })

describe('a basis move', () => {
  const basis = { up: 1.1, down: 0.8, addend: 0.1, multiplier: 0.5 }
  const of = (...positions: readonly PositionInput[]) => margin(account({ basis }, { positions }))

  it('takes the worse side of every expiry, scaled by 0.1 + 0.5 per year', () => {
    const long = of(future(10))
    expect(long.components.scan).toBeCloseTo(0.6 * 10 * 500, 9)
    expect(long.worstScenario).toMatchObject({ id: 'ETH:basis', moves: [{ riskGroup: 'ETH', price: 0, vol: 0 }] })
    expect(long.attribution).toEqual([{ leg: 'future10', kind: 'position', amount: expect.closeTo(3_000, 9) }])
    expect(long.expiries[0]?.basisPnl).toBeCloseTo(-3_000, 9)
    expect(of(future(-10)).components.scan).toBeCloseTo(0.6 * 10 * 250, 9)
  })

  it('does not net one expiry with another, but nets within one', () => {
    const half = AT + (365 * DAY) / 2
    expect(of(future(10), future(-10, { expiry: half })).components.scan).toBeCloseTo(3_000 + 0.35 * 10 * 250, 9)
    const synthetic = [option(-10), option(10, { id: 'put', optionType: 'put' })]
    expect(of(future(10), ...synthetic).components.scan).toBeCloseTo(0, 9)
    expect(of(...synthetic).components.scan).toBeCloseTo(0.6 * 10 * 250, 9)
    expect(of(...synthetic).expiries[0]?.basisPnl).toBeCloseTo(-0.6 * 10 * 250, 9)
  })

  it('moves forwards with what is left of their settlement averaging only', () => {
    const near = { expiry: AT + 900 }
    const loss = (forwardFreezeSeconds: number) =>
      margin(account({ basis, forwardFreezeSeconds }, { positions: [future(10, near)] })).components.scan
    const scale = 0.1 + (0.5 * 900) / (365 * DAY)
    expect(loss(1_800)).toBeCloseTo((scale * 5_000) / 2, 9)
    expect(loss(900)).toBeCloseTo(scale * 5_000, 9)
    const call = margin(account({ basis, forwardFreezeSeconds: 1_800 }, { positions: [option(10, near)] }))
    expect(call.components.scan).toBeCloseTo((scale * 5_000) / 2, 9)
  })

  it('leaves perps and what has expired alone, and yields to a worse scenario', () => {
    const perp: PositionInput = { id: 'perp', kind: 'perp', underlying: 'ETH', quantity: 10 }
    expect(of(perp, future(10, { expiry: AT }), option(1, { expiry: AT })).components.scan).toBe(0)
    const crash = { basis, scenarios: [{ ...still, id: 'crash', price: 0.5 }] }
    const report = margin(account(crash, { positions: [future(10)] }))
    expect(report.worstScenario?.id).toBe('ETH:crash')
    expect(report.components.scan).toBeCloseTo(12_500, 9)
  })

  it('uses forward and rate of the expiry', () => {
    const marketData = marketOf({ expiry: YEAR, forward: 3_000, rate: 0.2 })
    const loss = (position: PositionInput) =>
      margin(account({ basis }, { positions: [position], marketData })).components.scan
    expect(loss(future(1))).toBeCloseTo(0.6 * 600, 9)
    expect(loss(option(1))).toBeCloseTo(0.6 * 600 * Math.exp(-0.2), 9)
  })
})

describe('discounts on options', () => {
  const optionDiscount = {
    asset: { base: 0.95, rateMultiplier: 2, rateAddend: 0.08 },
    liability: { base: 1.04, rateMultiplier: 0.5, rateAddend: 0.03 },
  }
  const of = (rate: number, ...positions: readonly PositionInput[]) =>
    margin(account({ optionDiscount }, { positions, marketData: marketOf({ expiry: YEAR, forward: 2_500, rate }) }))

  it('make a long value count for less and a short one for more, up to its undiscounted amount', () => {
    const value = 1_500 * Math.exp(-0.1)
    const long = of(0.1, option(1))
    expect(long.components.scan).toBeCloseTo(value * (1 - 0.95 * Math.exp(-0.28)), 9)
    expect(long.expiries[0]).toMatchObject({
      forward: 2_500,
      discountFactor: expect.closeTo(Math.exp(-0.1), 12),
      assetDiscount: expect.closeTo(0.95 * Math.exp(-0.28), 12),
      liabilityDiscount: expect.closeTo(Math.exp(0.1), 12),
      basisPnl: 0,
    })
    expect(of(0.1, option(-1)).components.scan).toBeCloseTo(1_500 - value, 9)
    expect(of(0.3, option(-1)).components.scan).toBeCloseTo(1_500 * Math.exp(-0.3) * (1.04 * Math.exp(0.18) - 1), 9)
  })

  it('apply to an expiry as a whole', () => {
    const spread = [option(1), option(-1, { strike: 1_500 })]
    expect(of(0.1, ...spread).components.scan).toBeCloseTo(500 * Math.exp(-0.1) * (1 - 0.95 * Math.exp(-0.28)), 9)
    const report = of(0.1, ...spread)
    expect(report.attribution.reduce((sum, { amount }) => sum + amount, 0)).toBeCloseTo(report.initialMargin, 9)
  })

  it('leave published arrays and expired options as they are', () => {
    const given = account({ optionDiscount }, { positions: [option(2)] })
    const marketData = { ...given.marketData, riskArrays: { option2: [-7] } }
    expect(margin({ ...given, marketData }).components.scan).toBe(14)
    expect(() => margin({ ...given, marketData: { ...marketData, riskArrays: { option2: [-7, 1] } } })).toThrow(
      '/marketData/riskArrays/option2',
    )
    expect(margin(account({ optionDiscount }, { positions: [option(2, { expiry: AT })] })).components.scan).toBe(0)
  })
})

describe('skew scenarios', () => {
  const cap = { base: 0.2, slope: 0 }
  const skew = { linear: cap, abs: cap, minimumWidth: 0.01, width: 1, widthStatic: 1, widthSlope: 0 }
  const scenarios = [{ ...still, id: 'skewed', skew: 'linear' }]
  const of = (...positions: readonly PositionInput[]) =>
    margin(account({ skew, scenarios }, { positions: positions.map((row) => ({ ...row, impliedVol: 0.6 })) }))
  const dear = { strike: 4_000 }

  it('count the change of an expiry as a loss, whichever way it goes', () => {
    const long = of(option(1, dear)).components.scan
    expect(long).toBeGreaterThan(10)
    expect(of(option(-1, dear)).components.scan).toBeCloseTo(long, 9)
    expect(of(option(1, dear), option(-1, { ...dear, id: 'other' })).components.scan).toBeCloseTo(0, 9)
    expect(of(option(1, dear)).attribution).toEqual([
      { leg: 'option1', kind: 'position', amount: expect.closeTo(long, 9) },
    ])
  })

  it('leave a strike at the forward alone', () => {
    expect(of(option(1, { strike: 2_500 })).components.scan).toBe(0)
  })

  it('do not net one expiry with another', () => {
    const later = { ...dear, expiry: YEAR + DAY }
    const one = of(option(1, dear)).components.scan
    const other = of(option(-1, later)).components.scan
    expect(of(option(1, dear), option(-1, later)).components.scan).toBeCloseTo(one + other, 9)
  })

  it('are no moves at all in a set without a skew rule', () => {
    const report = margin(account({ scenarios }, { positions: [option(1, { ...dear, impliedVol: 0.6 })] }))
    expect(report.components.scan).toBe(0)
  })
})

describe('collateral that is charged, not discounted', () => {
  const assets = {
    WBTC: { riskCancelling: true, maintenanceHaircut: 0.1, initialHaircutExtra: 0.05 },
    DAI: { riskCancelling: false, maintenanceHaircut: 0.02, initialHaircutExtra: 0.01 },
  }
  const marketData = {
    assets: {
      WBTC: { indexPrice: 50_000 },
      DAI: { indexPrice: 1 },
      XYZ: { indexPrice: 9 },
      USDC: { indexPrice: 0.96 },
    },
  }
  const collateral = [
    { id: 'b', asset: 'WBTC', quantity: 1 },
    { id: 'd', asset: 'DAI', quantity: 1_000 },
    { id: 'x', asset: 'XYZ', quantity: 5 },
  ]
  const scenarios = [{ ...still, id: 'crash', price: 0.5 }]
  const of = (numeraire: string | null, more: Partial<MarginInput> = {}, peg: object | null = null) =>
    margin(
      account(
        { scenarios },
        { collateral, marketData, ...more },
        {
          numeraire,
          collateral: { assets },
          charges: [{ kind: 'collateralHaircut', place: 'outside' }],
          factors: { initial: 1, maintenance: 0.8, peg },
        },
      ),
    )

  it('counts in full, what the set does not name not at all', () => {
    const report = of(null)
    expect(report.collateralCredit).toBe(51_000)
    expect(report.collateral.map(({ id, credit, reasonCode }) => [id, credit, reasonCode])).toEqual([
      ['b', 50_000, null],
      ['d', 1_000, null],
      ['x', 0, 'NOT_ACCEPTED'],
    ])
    expect(report.collateral[2]?.steps).toEqual([
      { step: 'eligibility', input: 45, rule: 'NOT_ACCEPTED', haircut: 1, amount: 45 },
    ])
    const stale = collateral.map((row) => (row.id === 'd' ? { ...row, unusable: 'PRICE_STALE' } : row))
    expect(of(null, { collateral: stale }).collateral[1]).toMatchObject({ credit: 0, reasonCode: 'PRICE_STALE' })
  })

  it('charges its haircuts and moves only where it cancels risk', () => {
    const report = of(null)
    expect(report.components.addOns[0]).toMatchObject({
      amount: expect.closeTo(0.15 * 50_000 + 0.03 * 1_000, 9),
      maintenanceAmount: expect.closeTo(0.1 * 50_000 + 0.02 * 1_000, 9),
    })
    expect(report.components.scan).toBeCloseTo(25_000, 9)
    expect(report.attribution.find(({ leg }) => leg === 'd')?.amount ?? 0).toBe(0)
  })

  it('is counted in the numeraire of the set', () => {
    expect(of('USDC').collateralCredit).toBeCloseTo(51_000 / 0.96, 9)
    expect(of('EUR').collateralCredit).toBe(51_000)
    const worthless = { assets: { ...marketData.assets, USDC: { indexPrice: 0 } } }
    expect(of('USDC', { marketData: worthless }).collateralCredit).toBe(51_000)
  })

  it('costs more while the numeraire is off its peg', () => {
    const peg = { threshold: 0.98, factor: 3 }
    expect(of('USDC', {}, peg).components.initialFactor).toBeCloseTo(1 + 0.02 * 3, 12)
    expect(of('USDC', {}, { ...peg, threshold: 0.95 }).components.initialFactor).toBe(1)
    expect(of('EUR', {}, { ...peg, threshold: 1.5 }).components.initialFactor).toBe(2.5)
    expect(of(null, {}, peg).components.initialFactor).toBe(1)
    const report = of('USDC', {}, peg)
    expect(report.initialMargin).toBeCloseTo(
      1.06 * report.components.scan + Number(report.components.addOns[0]?.amount),
      6,
    )
    expect(report.maintenanceMargin).toBeCloseTo(
      0.8 * report.components.scan + Number(report.components.addOns[0]?.maintenanceAmount),
      6,
    )
  })
})

describe('the oracle charge', () => {
  const expiry = (more: Partial<ExpiryMarket>): ExpiryMarket => ({ expiry: YEAR, forward: 2_500, ...more })
  const perp: PositionInput = { id: 'perp', kind: 'perp', underlying: 'ETH', quantity: -2 }
  const chargeOf = (market: Partial<AssetMarket>, parts: Partial<MarginInput> = {}, others: object = {}) => {
    const report = margin(
      account(
        {},
        { ...parts, marketData: { assets: { ETH: { ...ETH, ...market }, ...others } } },
        {
          charges: [{ kind: 'oracleConfidence', place: 'outside', threshold: 0.6, rate: 0.5 }],
          collateral: { assets: { WETH: { riskCancelling: true, maintenanceHaircut: 0, initialHaircutExtra: 0 } } },
        },
      ),
    )
    expect(report.components.addOns[0]?.maintenanceAmount).toBe(0)
    return report.components.addOns[0]?.amount
  }

  it('rests on the least confident feed of a perp, below the threshold only', () => {
    const positions = [perp]
    expect(chargeOf({ confidence: 0.6, perp: { confidence: 0.7 } }, { positions })).toBe(0)
    expect(chargeOf({ confidence: 0.5 }, { positions })).toBeCloseTo(0.5 * 0.5 * 5_000, 9)
    expect(chargeOf({ confidence: 0.5, perp: { confidence: 0.2 } }, { positions })).toBeCloseTo(0.8 * 0.5 * 5_000, 9)
  })

  it.each(['forwardConfidence', 'rateConfidence', 'volConfidence'] as const)('looks at the %s of an expiry', (feed) => {
    const positions = [option(-1), option(3, { id: 'other', strike: 2_000 }), future(2)]
    expect(chargeOf({ expiries: [expiry({ [feed]: 0.1 })] }, { positions })).toBeCloseTo(0.9 * 0.5 * 6 * 2_500, 9)
    expect(chargeOf({ expiries: [expiry({ [feed]: 0.6 })] }, { positions })).toBe(0)
  })

  it("looks at the perp's feed for options only beside a perp", () => {
    const market = { perp: { confidence: 0.2 } }
    expect(chargeOf(market, { positions: [option(1)] })).toBe(0)
    expect(chargeOf(market, { positions: [option(1), { ...perp, quantity: 0 }] })).toBe(0)
    expect(chargeOf(market, { positions: [option(1), perp] })).toBeCloseTo(0.8 * 0.5 * (2_500 + 5_000), 9)
  })

  it("is the lower of collateral's own confidence and its group's", () => {
    const collateral = [{ id: 'h', asset: 'WETH', quantity: 2 }]
    const weth = (confidence: number) => ({ WETH: { indexPrice: 2_400, riskGroup: 'ETH', confidence } })
    expect(chargeOf({}, { collateral }, weth(0.4))).toBeCloseTo(0.6 * 0.5 * 4_800, 9)
    expect(chargeOf({ confidence: 0.3 }, { collateral }, weth(0.4))).toBeCloseTo(0.7 * 0.5 * 4_800, 9)
    expect(chargeOf({}, { collateral }, weth(0.9))).toBe(0)
    const alone = [{ ...collateral[0]!, oraclePrice: 100, riskGroup: 'none' }]
    expect(chargeOf({ confidence: 0.1 }, { collateral: alone })).toBe(0)
  })
})

describe('the floor by delta', () => {
  it('is |net|·net rate + half of what offsets·hedged rate, per underlying', () => {
    const positions: readonly PositionInput[] = [
      { id: 'a', kind: 'perp', underlying: 'ETH', quantity: 10 },
      { id: 'b', kind: 'perp', underlying: 'ETH', quantity: -4 },
      { id: 'c', kind: 'perp', underlying: 'BTC', quantity: -1 },
    ]
    const report = margin(
      account(
        {},
        { positions, marketData: { assets: { ETH, BTC: { indexPrice: 50_000 } } } },
        { charges: [{ kind: 'minimumDelta', place: 'floor', net: 0.02, hedged: 0.01 }] },
      ),
    )
    const amount = (6 * 0.02 + 4 * 0.01) * 2_500 + 0.02 * 50_000
    expect(report.components.addOns[0]).toMatchObject({
      amount: expect.closeTo(amount, 9),
      maintenanceAmount: expect.closeTo(amount, 9),
      details: { netDelta: 5, grossDelta: 15, hedgedDelta: 4 },
    })
    expect(report.initialMargin).toBeCloseTo(amount, 9)
    expect(report.maintenanceMargin).toBeCloseTo(0.8 * amount, 9)
  })
})
