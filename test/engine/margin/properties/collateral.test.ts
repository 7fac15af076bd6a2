import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { margin } from '../../../../engine/index'
import type { MarginReport } from '../../../../engine/types'
import { accountArbitrary, holdingArbitrary, ordinarySize, priceOf, unitArbitrary } from '../arbitraries'
import { base, noise, RUNS, TIMEOUT } from './support'

function excess(report: MarginReport): number {
  return report.marginBalance - report.initialMargin
}

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
