import { describe, expect, it } from 'vitest'
import { margin } from '../../../engine/index'
import type { LendingUnit, MarginInput, PositionInput } from '../../../engine/types'

const DAY = 86_400
const AT = 1_790_000_000

const assets = {
  ETH: { indexPrice: 2_500, class: 'ETH' },
  BTC: { indexPrice: 60_000, class: 'BTC' },
  SOL: { indexPrice: 100, class: 'largeAlt' },
  wstETH: { indexPrice: 3_000, class: 'LST', riskGroup: 'ETH' },
  USDC: { indexPrice: 1, class: 'majorStable' },
  DAI: { indexPrice: 1, class: 'minorStable' },
}

/** `house-1` with the scenarios only. */
const scanOnly = { extends: 'house-1', charges: [], stress: null }

function account(parts: Partial<MarginInput>): MarginInput {
  return { model: 'portfolio', at: AT, marketData: { assets }, parameters: scanOnly, ...parts }
}

function perp(underlying: string, quantity: number, more: Partial<PositionInput> = {}): PositionInput {
  return { id: `perp-${underlying}`, kind: 'perp', underlying, quantity, ...more }
}

const unit: LendingUnit = {
  id: 'unit',
  rule: 'aave',
  control: 'enforceable',
  collateral: [
    {
      asset: 'ETH',
      quantity: 120,
      liquidationThreshold: 0.83,
      maxLtv: 0.8,
      liquidationIncentive: 1.05,
      haircut: { oracleSources: 2 },
    },
  ],
  debt: [{ asset: 'USDC', quantity: 150_000 }],
}

describe('scan', () => {
  it('charges the range of the class: 18 % of BTC, 20 % of ETH, 30 % of an alt', () => {
    const scanOf = (position: PositionInput) => margin(account({ positions: [position] })).components.scan
    expect(scanOf(perp('ETH', 2))).toBeCloseTo(1_000, 9)
    expect(scanOf(perp('ETH', -2))).toBeCloseTo(1_000, 9)
    expect(scanOf(perp('BTC', 1))).toBeCloseTo(10_800, 9)
    expect(scanOf(perp('SOL', 10))).toBeCloseTo(300, 9)
  })

  it('aggregates groups with their correlation floors: √(1² + 1² + 2·0.9) of equal losses', () => {
    const positions = [perp('ETH', 2), perp('BTC', 1_000 / 10_800)]
    const report = margin(account({ positions }))
    expect(report.components.scan).toBeCloseTo(1_000 * Math.sqrt(3.8), 8)
    expect(report.attribution.map(({ amount }) => amount)).toEqual([
      expect.closeTo(500 * Math.sqrt(3.8), 8),
      expect.closeTo(500 * Math.sqrt(3.8), 8),
    ])
    expect(report.worstScenario?.id).toBe('BTC:-18% ETH:-20%')
    expect(report.worstScenario?.moves.map(({ price }) => price)).toEqual([
      expect.closeTo(-0.18, 12),
      expect.closeTo(-0.2, 12),
    ])
  })

  it('takes correlations of the market above the floors only', () => {
    const positions = [perp('ETH', 2), perp('SOL', 1_000 / 30)]
    const scanAt = (correlation: number | null) => {
      const correlations: Record<string, Record<string, number>> = correlation === null
        ? {}
        : { SOL: { ETH: correlation } }
      return margin(account({ positions, marketData: { assets, correlations } })).components.scan
    }
    expect(scanAt(null)).toBeCloseTo(1_000 * Math.sqrt(2 + 2 * 0.8), 8)
    expect(scanAt(-0.5)).toBeCloseTo(1_000 * Math.sqrt(2 + 2 * 0.8), 6)
    expect(scanAt(0.95)).toBeCloseTo(1_000 * Math.sqrt(2 + 2 * 0.95), 8)
  })

  it('weights tails by c ÷ |shock|: a deep out-of-the-money short call', () => {
    const call = {
      id: 'c',
      kind: 'option' as const,
      underlying: 'ETH',
      quantity: -1,
      strike: 6_000,
      expiry: AT + DAY,
      optionType: 'call' as const,
      impliedVol: 0.6,
    }
    const report = margin(account({ positions: [call] }))
    // Intrinsic at +400 %: 12,500 − 6,000, weighted 0.1386 ÷ 4.
    expect(report.components.scan).toBeCloseTo((6_500 * 0.1386) / 4, 3)
    expect(report.worstScenario?.id).toBe('ETH:+400% vol+')
  })
})

describe('collateral in the scan', () => {
  const held = { id: 'h', asset: 'ETH', quantity: 10, haircut: { oracleSources: 2 } }

  it('offsets derivative losses with 0.8 of its gains only', () => {
    const report = margin(account({ collateral: [held], positions: [perp('ETH', -10)] }))
    expect(report.components.scan).toBeCloseTo(0.2 * 5_000, 9)
    expect(report.worstScenario?.id).toBe('ETH:+20%')
  })

  it('loses its price move, and with a wrapper its ratio too', () => {
    expect(margin(account({ collateral: [held] })).components.scan).toBeCloseTo(5_000, 9)
    const wrapped = { id: 'w', asset: 'wstETH', quantity: 1, haircut: { oracleSources: 2, redemptionPrice: 3_000 } }
    const report = margin(account({ collateral: [wrapped] }))
    const credit = report.collateralCredit
    // −20 % and −5 % on top: 1 − 0.8·0.95.
    expect(report.components.scan).toBeCloseTo(credit * 0.24, 9)
    expect(report.worstScenario?.id).toBe('ETH:-20% ratio-5%')
  })

  it('charges 12.3 % of a major stablecoin in its tail', () => {
    const usdc = { id: 's', asset: 'USDC', quantity: 1_000, haircut: { oracleSources: 2 } }
    expect(margin(account({ collateral: [usdc] })).components.scan).toBeCloseTo(123, 9)
    expect(margin(account({ cash: [{ asset: 'USDC', quantity: 1_000 }] })).components.scan).toBeCloseTo(123, 9)
    expect(margin(account({ cash: 1_000 })).components.scan).toBe(0)
  })

  it('values a stablecoin owed at par at least', () => {
    const cheap = { ...assets, USDC: { indexPrice: 0.9, class: 'majorStable' } }
    const report = margin(account({ cash: [{ asset: 'USDC', quantity: -1_000 }], marketData: { assets: cheap } }))
    expect(report.recourseDebt).toBe(1_000)
    expect(report.cash).toBe(0)
    expect(report.marginBalance).toBe(-1_000)
    expect(report.components.scan).toBe(0)
    const dear = { ...assets, USDC: { indexPrice: 1.5, class: 'majorStable' } }
    const atPremium = margin(account({ cash: [{ asset: 'USDC', quantity: -1_000 }], marketData: { assets: dear } }))
    expect(atPremium.recourseDebt).toBe(1_500)
    expect(atPremium.components.scan).toBeCloseTo(30, 9)
  })

  it('holds spot at the venue as collateral and spot borrowed as debt', () => {
    const spot = margin(account({ positions: [{ id: 's', kind: 'spot', underlying: 'ETH', quantity: 4 }] }))
    expect(spot.grossCollateralValue).toBe(10_000)
    expect(spot.collateral[0]?.id).toBe('s')
    const borrowed = margin(
      account({ cash: 20_000, positions: [{ id: 's', kind: 'spot', underlying: 'ETH', quantity: -4 }] }),
    )
    expect(borrowed.recourseDebt).toBe(10_000)
    expect(borrowed.marginBalance).toBe(10_000)
    expect(borrowed.components.scan).toBeCloseTo(2_000, 9)
    expect(borrowed.positions[0]).toMatchObject({ marketValue: -10_000, delta: -4 })
  })
})

describe('a lending unit', () => {
  it('is credited what can be moved, or its equity where the venue can unwind it', () => {
    const movable = margin(account({ lendingUnits: [unit] }))
    // (0.83 · 300,000 − 1.25 · 150,000) ÷ 0.83
    expect(movable.collateralCredit).toBeCloseTo(61_500 / 0.83, 6)
    expect(movable.grossEquity).toBe(150_000)
    expect(movable.haircutTotal).toBeCloseTo(150_000 - 61_500 / 0.83, 6)
    const unwound = margin(account({ lendingUnits: [{ ...unit, unwindable: true }] }))
    expect(unwound.collateralCredit).toBeCloseTo(150_000 * (1 - 0.0045), 6)
  })

  it('can be withdrawn from as far as it is movable, whatever it is worth to a venue that unwinds it', () => {
    const unwound = margin(account({ lendingUnits: [{ ...unit, unwindable: true }] }))
    expect(unwound.excessInitialMargin).toBeGreaterThan(80_000)
    expect(unwound.availableToWithdraw).toBeCloseTo(61_500 / 0.83, 6)
  })

  it('is revalued in every scenario: ETH −20 %, debt +2 %', () => {
    const report = margin(account({ lendingUnits: [unit] }))
    const now = 61_500 / 0.83
    const then = (0.83 * 240_000 - 1.25 * 153_000) / 0.83
    expect(report.components.scan).toBeCloseTo(now - then, 6)
    expect(report.attribution).toEqual([{ leg: 'unit', kind: 'lendingUnit', amount: report.components.scan }])
  })

  it('offsets a short perp in the same scenarios', () => {
    const lone = margin(account({ positions: [perp('ETH', -40)] })).components.scan
    const both = margin(account({ positions: [perp('ETH', -40)], lendingUnits: [unit] })).components.scan
    expect(lone).toBeCloseTo(20_000, 9)
    expect(both).toBeLessThan(lone + 36_000)
    const up = (0.83 * 360_000 - 1.25 * 153_000) / 0.83 - 61_500 / 0.83
    const down = 61_500 / 0.83 - (0.83 * 240_000 - 1.25 * 153_000) / 0.83
    expect(both).toBeCloseTo(Math.max(20_000 - 0.8 * up, down - 20_000), 6)
  })

  it('meets the liquidation that the grid steps over', () => {
    const close: LendingUnit = { ...unit, unwindable: true, debt: [{ asset: 'USDC', quantity: 226_000 }] }
    const report = margin(account({ lendingUnits: [close] }))
    const rows = report.scenarios.filter(({ id }) => id.includes('unit/healthFactor1'))
    expect(rows.length).toBeGreaterThan(0)
    for (const row of rows) expect(row.weight).toBeGreaterThan(0)
  })

  it('is worth nothing when a debt has no price, and says why', () => {
    const unpriced: LendingUnit = { ...unit, debt: [{ asset: 'XYZ', quantity: 1 }] }
    const report = margin(account({ lendingUnits: [unpriced] }))
    expect(report.collateralCredit).toBe(0)
    expect(report.lendingUnits[0]).toMatchObject({ credit: 0, healthFactor: null, reasonCode: 'PRICE_MISSING' })
    expect(report.components.scan).toBe(0)
  })

  it('leaves collateral that is not pledged to its owner when the pledge is exhausted', () => {
    const [leg] = unit.collateral
    const pledged = { ...leg!, quantity: 0.02, enabled: true }
    const free = { ...leg!, quantity: 0.04, enabled: false }
    const report = margin(
      account({ lendingUnits: [{ ...unit, collateral: [pledged, free], debt: [{ asset: 'USDC', quantity: 80 }] }] }),
    )
    const price = assets.ETH.indexPrice
    expect(report.lendingUnits[0]!.equity).toBeCloseTo(0.04 * price, 9)
    expect(report.nonRecourseShortfall).toBeCloseTo(80 - 0.02 * price, 9)
    expect(report.haircutTotal).toBeGreaterThanOrEqual(0)
  })

  it('owes a stablecoin at par at least, in every figure', () => {
    const cheap = { ...assets, USDC: { indexPrice: 0.9, class: 'majorStable' } }
    const at = (more: Partial<LendingUnit>) => {
      const report = margin(account({ lendingUnits: [{ ...unit, ...more }], marketData: { assets: cheap } }))
      return { report, row: report.lendingUnits[0] }
    }
    const { report, row } = at({ unwindable: true })
    expect(row).toMatchObject({ debtValue: 150_000, equity: 150_000, healthFactor: expect.closeTo(1.66, 12) })
    expect(row?.steps[0]).toMatchObject({ step: 'encumbrance', input: 150_000, rule: 'unwind' })
    expect(row?.credit).toBeCloseTo(150_000 * (1 - 0.0045), 6)
    expect(report).toMatchObject({ debtValue: 150_000, haircutTotal: expect.closeTo(150_000 * 0.0045, 6) })
    // Healthy at 0.9, liquidated at par.
    const broken = at({ unwindable: true, debt: [{ asset: 'USDC', quantity: 255_000 }] }).row
    expect(broken).toMatchObject({
      healthFactor: expect.closeTo(249 / 255, 12),
      equity: expect.closeTo(300_000 - 255_000 * 1.05, 6),
    })
    const drowned = at({ debt: [{ asset: 'USDC', quantity: 310_000 }] })
    expect(drowned.row).toMatchObject({ equity: 0, badDebt: expect.closeTo(310_000 * (1 - 300 / 325.5), 6) })
    expect(drowned.report).toMatchObject({ nonRecourseShortfall: 10_000, haircutTotal: 0 })
  })

  it('leaves out collateral without a price', () => {
    const extra = { asset: 'XYZ', quantity: 5, liquidationThreshold: 0.5, maxLtv: 0.5, liquidationIncentive: 1.1 }
    const report = margin(account({ lendingUnits: [{ ...unit, collateral: [...unit.collateral, extra] }] }))
    expect(report.collateralCredit).toBeCloseTo(61_500 / 0.83, 6)
    expect(report.lendingUnits[0]?.healthFactor).toBeNull()
    const stale = { ...unit.collateral[0], quantity: 40, unusable: 'PRICE_STALE' } as LendingUnit['collateral'][number]
    const [row] = margin(
      account({ lendingUnits: [{ ...unit, collateral: [...unit.collateral, { ...stale, asset: 'BTC' }] }] }),
    ).lendingUnits
    expect(row).toMatchObject({ collateralValue: 300_000, equity: 150_000, badDebt: 0 })
    expect(row?.movable).toBeCloseTo(61_500 / 0.83, 6)
  })

  it('with several crypto collaterals is judged on joint moves of all of them', () => {
    const mixed: LendingUnit = {
      ...unit,
      unwindable: true,
      collateral: [
        { ...(unit.collateral[0] as LendingUnit['collateral'][number]), quantity: 60 },
        {
          ...(unit.collateral[0] as LendingUnit['collateral'][number]),
          asset: 'BTC',
          quantity: 2.5,
          haircut: { oracleSources: 2, redemptionPrice: 61_855 },
        },
      ],
      debt: [{ asset: 'USDC', quantity: 30_000 }],
    }
    const report = margin(account({ lendingUnits: [mixed] }))
    const retained = report.collateralCredit / (270_000 * 0.9955)
    const loss = (150_000 * 0.2 + 150_000 * 0.18 + 30_000 * 0.02) * 0.9955 * retained
    expect(report.components.scan).toBeCloseTo(loss, 6)
  })

  it('owing what it holds is judged on the worse direction of it', () => {
    const looped: LendingUnit = {
      ...unit,
      unwindable: true,
      collateral: [
        { ...(unit.collateral[0] as LendingUnit['collateral'][number]), asset: 'USDC', quantity: 100_000 },
        { ...(unit.collateral[0] as LendingUnit['collateral'][number]), quantity: 4 },
      ],
      debt: [
        { asset: 'USDC', quantity: 50_000 },
        { asset: 'ETH', quantity: 1 },
      ],
    }
    const report = margin(account({ lendingUnits: [looped] }))
    const retained = report.collateralCredit / 57_500
    // Net long 50,000 USDC, judged down 12.3 % (par for the debt), and net long 3 ETH, down 20 %.
    expect(report.components.scan).toBeCloseTo((100_000 * 0.123 + 7_500 * 0.2) * retained, 6)
  })
})
