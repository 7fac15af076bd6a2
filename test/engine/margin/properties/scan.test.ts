import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { margin } from '../../../../engine/index'
import type { CashInput, MarginInput } from '../../../../engine/types'
import { accountArbitrary, ordinarySize, positionArbitrary } from '../arbitraries'
import { base, noise, RUNS, TIMEOUT } from './support'

/** A parameter set without what section 8 excludes from additivity. */
const withoutConcentration = {
  extends: 'house-1',
  charges: [{ kind: 'funding', place: 'outside', hours: 8, defaultRate: 0.0003, maintenance: 0 }],
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
