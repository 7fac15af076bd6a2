import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { margin } from '../../../../engine/index'
import type { MarginInput, Model } from '../../../../engine/types'
import { accountArbitrary, anySize } from '../arbitraries'
import { noise, RUNS, TIMEOUT } from './support'

function numbersIn(value: unknown, path: string): readonly (readonly [string, number])[] {
  if (typeof value === 'number') return [[path, value]]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => numbersIn(inner, `${path}/${key}`))
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
