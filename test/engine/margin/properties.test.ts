import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { margin } from '../../../engine/index'
import type { CashInput, MarginInput, MarginReport, Model } from '../../../engine/types'
import { propertyRuns } from '../propertyRuns'
import {
  accountArbitrary,
  anySize,
  holdingArbitrary,
  ordinarySize,
  positionArbitrary,
  priceOf,
  unitArbitrary,
} from './arbitraries'

const RUNS = { numRuns: propertyRuns(1000), seed: 20_261_121 }
const TIMEOUT = 240_000

/** Float64 noise at the scale of an account. */
function noise(...reports: readonly MarginReport[]): number {
  const figures = reports.flatMap((report) => [
    report.marginBalance,
    report.initialMargin,
    report.grossCollateralValue,
    report.debtValue,
    report.recourseDebt,
    ...report.positions.map((row) => row.marketValue),
    ...report.positions.map((row) => row.unrealizedPnl),
    ...report.scenarios.map((row) => row.pnl),
  ])
  return 1e-6 + 1e-9 * Math.max(...figures.map(Math.abs))
}

function excess(report: MarginReport): number {
  return report.marginBalance - report.initialMargin
}

function numbersIn(value: unknown, path: string): readonly (readonly [string, number])[] {
  if (typeof value === 'number') return [[path, value]]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => numbersIn(inner, `${path}/${key}`))
}

/** A parameter set without what section 8 excludes from additivity. */
const withoutConcentration = {
  extends: 'house-1',
  charges: [{ kind: 'funding', place: 'outside', hours: 8, defaultRate: 0.0003, maintenance: 0 }],
}

describe('every figure', { timeout: TIMEOUT }, () => {
  const models: readonly Model[] = ['portfolio', 'cross', 'isolated']

  it('is finite, whatever the sizes', () => {
    fc.assert(
      fc.property(accountArbitrary(anySize), fc.constantFrom(...models), (account, model) => {
        for (const [path, figure] of numbersIn(margin({ ...account, model }), '')) {
          if (!Number.isFinite(figure)) throw new Error(`${path} is ${figure}`)
        }
      }),
      RUNS,
    )
  })

  it('keeps IM ≥ MM ≥ 0, credit within value, unit equity within [0, max(0, C − D)]', () => {
    fc.assert(
      fc.property(accountArbitrary(anySize), fc.constantFrom(...models), (account, model) => {
        const report = margin({ ...account, model })
        expect(report.maintenanceMargin).toBeGreaterThanOrEqual(0)
        expect(report.initialMargin).toBeGreaterThanOrEqual(report.maintenanceMargin)
        for (const row of report.lendingUnits) {
          const slack = 1e-9 * row.collateralValue
          expect(row.equity).toBeGreaterThanOrEqual(0)
          expect(row.equity).toBeLessThanOrEqual(Math.max(0, row.collateralValue - row.debtValue) + slack)
          expect(row.credit).toBeLessThanOrEqual(row.equity + slack)
          expect(row.credit).toBeGreaterThanOrEqual(0)
          expect(row.steps[0]?.input).toBe(row.equity)
          expect(row.steps.reduce((left, step) => left - step.amount, row.equity)).toBe(row.credit)
        }
        for (const row of report.collateral) {
          expect(row.credit).toBeGreaterThanOrEqual(0)
          expect(row.credit).toBeLessThanOrEqual(row.marketValue)
        }
      }),
      RUNS,
    )
  })

  it('adds up: balance from its parts, attribution to the initial margin, haircuts to the credit', () => {
    fc.assert(
      fc.property(accountArbitrary(anySize), fc.constantFrom(...models), (account, model) => {
        const report = margin({ ...account, model })
        const tolerance = noise(report)
        const parts =
          report.collateralCredit +
          report.cash +
          report.netOptionValue +
          report.unrealizedPnl +
          report.accruedFunding -
          report.recourseDebt
        expect(Math.abs(parts - report.marginBalance)).toBeLessThanOrEqual(tolerance)
        const legs = report.attribution.reduce((sum, row) => sum + row.amount, 0)
        expect(Math.abs(legs - report.initialMargin)).toBeLessThanOrEqual(tolerance)
        const gross = report.grossEquity + report.nonRecourseShortfall - report.haircutTotal
        expect(Math.abs(gross - report.collateralCredit)).toBeLessThanOrEqual(tolerance)
      }),
      RUNS,
    )
  })

  it('does not depend on the order of the rows', () => {
    fc.assert(
      fc.property(accountArbitrary(anySize), fc.constantFrom(...models), (account, model) => {
        const reversed: MarginInput = {
          ...account,
          collateral: [...(account.collateral ?? [])].reverse(),
          lendingUnits: [...(account.lendingUnits ?? [])].reverse(),
          positions: [...(account.positions ?? [])].reverse(),
        }
        expect(margin({ ...reversed, model })).toEqual(margin({ ...account, model }))
      }),
      RUNS,
    )
  })
})

describe('more collateral', { timeout: TIMEOUT }, () => {
  it('free: never lowers balance minus requirement', () => {
    fc.assert(
      fc.property(accountArbitrary(ordinarySize), holdingArbitrary('zz', ordinarySize), (account, extra) => {
        const before = margin(account)
        const after = margin({ ...account, collateral: [...(account.collateral ?? []), extra] })
        expect(excess(after)).toBeGreaterThanOrEqual(excess(before) - noise(before, after))
      }),
      RUNS,
    )
  })

  it('a whole unit: never lowers balance minus requirement', () => {
    fc.assert(
      fc.property(accountArbitrary(ordinarySize), unitArbitrary('zz', ordinarySize), (account, extra) => {
        const before = margin(account)
        const after = margin({ ...account, lendingUnits: [...(account.lendingUnits ?? []), extra] })
        expect(excess(after)).toBeGreaterThanOrEqual(excess(before) - noise(before, after))
      }),
      RUNS,
    )
  })

  it('inside a unit: never lowers balance minus requirement', () => {
    fc.assert(
      fc.property(
        accountArbitrary(ordinarySize),
        unitArbitrary('zz', ordinarySize),
        fc.double({ min: 1, max: 3, noNaN: true }),
        (account, unit, factor) => {
          const grown = {
            ...unit,
            collateral: unit.collateral.map((leg) => ({ ...leg, quantity: Number(leg.quantity) * factor })),
          }
          const before = margin({ ...account, lendingUnits: [...(account.lendingUnits ?? []), unit] })
          const after = margin({ ...account, lendingUnits: [...(account.lendingUnits ?? []), grown] })
          expect(excess(after)).toBeGreaterThanOrEqual(excess(before) - noise(before, after))
        },
      ),
      RUNS,
    )
  })
})

describe('credit', { timeout: TIMEOUT }, () => {
  it('never rises with debt, nor with a lower price of the debt', () => {
    fc.assert(
      fc.property(
        unitArbitrary('u', ordinarySize),
        fc.double({ min: 1, max: 2, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (unit, more, cheaper) => {
          const creditOf = (candidate: typeof unit) => margin({ ...base, lendingUnits: [candidate] }).collateralCredit
          const before = creditOf(unit)
          const debt = unit.debt.map((leg) => ({ ...leg, quantity: Number(leg.quantity) * more }))
          expect(creditOf({ ...unit, debt })).toBeLessThanOrEqual(before + 1e-6)
          const [leg] = unit.debt
          if (leg?.asset === 'USDC') {
            const price = cheaper * priceOf('USDC')
            const cheap = [{ ...leg, oraclePrice: price, markPrice: price }]
            expect(creditOf({ ...unit, debt: cheap })).toBeLessThanOrEqual(before + 1e-6)
          }
        },
      ),
      RUNS,
    )
  })

  it('is the same for a holding split over two wallets', () => {
    fc.assert(
      fc.property(
        accountArbitrary(ordinarySize),
        holdingArbitrary('zz', ordinarySize),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (account, holding, share) => {
          const quantity = Number(holding.quantity)
          const whole = margin({ ...account, collateral: [...(account.collateral ?? []), holding] })
          const halves = [
            { ...holding, id: 'zz1', quantity: quantity * share },
            { ...holding, id: 'zz2', quantity: quantity * (1 - share) },
          ]
          const split = margin({ ...account, collateral: [...(account.collateral ?? []), ...halves] })
          expect(Math.abs(split.marginBalance - whole.marginBalance)).toBeLessThanOrEqual(noise(whole))
          expect(Math.abs(split.initialMargin - whole.initialMargin)).toBeLessThanOrEqual(noise(whole))
        },
      ),
      RUNS,
    )
  })
})

const base: MarginInput = {
  model: 'portfolio',
  at: 1_790_000_000,
  marketData: {
    assets: {
      BTC: { indexPrice: 60_000, class: 'BTC' },
      ETH: { indexPrice: 2_500, class: 'ETH' },
      wstETH: { indexPrice: 2_950, class: 'LST', riskGroup: 'ETH' },
      SOL: { indexPrice: 150, class: 'largeAlt' },
      USDC: { indexPrice: 1, class: 'majorStable' },
      DAI: { indexPrice: 0.999, class: 'minorStable' },
    },
  },
}

describe('the scan', { timeout: TIMEOUT }, () => {
  it('is sub-additive over positions and separate lending units', () => {
    fc.assert(
      fc.property(accountArbitrary(ordinarySize, 'a'), accountArbitrary(ordinarySize, 'b'), (one, other) => {
        const together: MarginInput = {
          ...one,
          cash: 0,
          collateral: [...(one.collateral ?? []), ...(other.collateral ?? [])],
          lendingUnits: [...(one.lendingUnits ?? []), ...(other.lendingUnits ?? [])],
          positions: [...(one.positions ?? []), ...(other.positions ?? [])],
        }
        const reports = [together, { ...one, cash: 0 }, { ...other, cash: 0 }].map((account) => margin(account))
        const [both, first, second] = reports.map((report) => report.components.scan) as [number, number, number]
        expect(both).toBeLessThanOrEqual(first + second + noise(...reports))
      }),
      RUNS,
    )
  })

  it('scales with the account when nothing is concentrated', () => {
    fc.assert(
      fc.property(
        accountArbitrary(ordinarySize, '', false),
        fc.double({ min: 0.1, max: 50, noNaN: true }),
        (account, factor) => {
          const times = (value: unknown) => Number(value) * factor
          const cash = account.cash as number | readonly CashInput[]
          const scaled: MarginInput = {
            ...account,
            cash:
              typeof cash === 'number' ? times(cash) : cash.map((row) => ({ ...row, quantity: times(row.quantity) })),
            recourseDebt: times(account.recourseDebt ?? 0),
            collateral: account.collateral?.map((row) => ({ ...row, quantity: times(row.quantity) })),
            lendingUnits: account.lendingUnits?.map((unit) => ({
              ...unit,
              collateral: unit.collateral.map((leg) => ({ ...leg, quantity: times(leg.quantity) })),
              debt: unit.debt.map((leg) => ({ ...leg, quantity: times(leg.quantity) })),
            })),
            positions: account.positions?.map((row) => ({ ...row, quantity: times(row.quantity) })),
          }
          const small = margin({ ...account, parameters: withoutConcentration })
          const large = margin({ ...scaled, parameters: withoutConcentration })
          expect(Math.abs(large.initialMargin - factor * small.initialMargin)).toBeLessThanOrEqual(noise(large))
          expect(Math.abs(large.marginBalance - factor * small.marginBalance)).toBeLessThanOrEqual(noise(large))
        },
      ),
      RUNS,
    )
  })

  it('charges a matched hedge no more than its legs', () => {
    fc.assert(
      fc.property(positionArbitrary('p', ordinarySize, false), (position) => {
        const hedge = { ...position, id: 'q', quantity: -Number(position.quantity) }
        const of = (...positions: readonly (typeof position)[]) =>
          margin({ ...base, positions, marketData: withVols }).initialMargin
        expect(of(position, hedge)).toBeLessThanOrEqual(of(position) + of(hedge) + 1e-6)
      }),
      RUNS,
    )
  })
})

const withVols = {
  assets: Object.fromEntries(
    Object.entries(base.marketData?.assets ?? {}).map(([asset, market]) => [asset, { ...market, vol: 0.6 }]),
  ),
}
