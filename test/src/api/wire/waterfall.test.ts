import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { HaircutStep } from '../../../../engine/types'
import { apportion } from '../../../../src/api/wire/apportion'
import { printUnitWaterfall, printWaterfall, splitWaterfall } from '../../../../src/api/wire/waterfall'

const sum = (values: readonly bigint[]) => values.reduce((left, right) => left + right, 0n)
const amountOf = (steps: readonly { amount: bigint }[]) => sum(steps.map(({ amount }) => amount))

/** The engine's waterfall of a value under some haircuts. */
function waterfall(value: number, haircuts: readonly number[]): { steps: HaircutStep[]; credit: number } {
  let input = value
  const steps = haircuts.map((haircut, index) => {
    const amount = input * haircut
    const step = { step: `s${index}`, input, rule: 'r', haircut, amount }
    input -= amount
    return step
  })
  return { steps, credit: input }
}

const haircuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 7 })
const units = fc.bigInt({ min: 0n, max: 10n ** 24n })

describe('printed waterfalls', () => {
  it('split the whole and nothing but the whole', () => {
    fc.assert(
      fc.property(
        fc.array(units, { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 0, max: 1_000 }),
        (limits, part) => {
          const total = (sum(limits) * BigInt(part)) / 1_000n
          const parts = apportion(total, limits, limits)
          expect(sum(parts)).toBe(total)
          for (const [index, value] of parts.entries()) {
            expect(value).toBeGreaterThanOrEqual(0n)
            expect(value).toBeLessThanOrEqual(limits[index]!)
          }
        },
      ),
    )
  })

  it('step down from the value to the credit without a gap', () => {
    fc.assert(
      fc.property(units, haircuts, (value, rates) => {
        const { steps, credit } = waterfall(Number(value) / 1e8, rates)
        const printed = printWaterfall(value, steps, credit)
        expect(value - amountOf(printed.steps)).toBe(printed.credit)
        for (const { amount } of printed.steps) expect(amount).toBeGreaterThanOrEqual(0n)
        expect(printed.credit).toBeGreaterThanOrEqual(0n)
      }),
    )
  })

  it('of a unit sum over its rows, level by level', () => {
    fc.assert(
      fc.property(fc.array(units, { minLength: 1, maxLength: 5 }), units, haircuts, (values, debt, rates) => {
        const collateral = sum(values)
        const equity = Math.max(0, Number(collateral - debt)) / 1e8
        const { steps, credit } = waterfall(equity, rates)
        const whole = printUnitWaterfall({ collateral, debt, debtAtPar: debt, unusable: null, equity, steps, credit })
        expect(collateral - amountOf(whole.steps)).toBe(whole.credit)
        const rows = splitWaterfall(whole, values)
        expect(sum(rows.map((row) => row.credit))).toBe(whole.credit)
        for (const [index, row] of rows.entries()) expect(values[index]! - amountOf(row.steps)).toBe(row.credit)
        for (const [level, step] of whole.steps.entries()) {
          expect(sum(rows.map((row) => row.steps[level]!.amount))).toBe(step.amount)
          expect(sum(rows.map((row) => row.steps[level]!.input))).toBe(step.input)
        }
      }),
    )
  })

  it('name what a due liquidation costs apart from the debt', () => {
    const { steps } = printUnitWaterfall({
      collateral: 100n * 10n ** 8n,
      debt: 90n * 10n ** 8n,
      debtAtPar: 90n * 10n ** 8n,
      unusable: null,
      equity: 5.5,
      steps: [],
      credit: 5.5,
    })
    expect(steps).toMatchObject([
      { step: 'debt', amount: 90n * 10n ** 8n },
      { step: 'liquidation', amount: 450_000_000n },
    ])
  })

  it('name what a stablecoin below par adds to the debt', () => {
    const unit = { collateral: 100n * 10n ** 8n, debt: 45n * 10n ** 8n, debtAtPar: 50n * 10n ** 8n, unusable: null }
    expect(printUnitWaterfall({ ...unit, equity: 50, steps: [], credit: 50 }).steps).toMatchObject([
      { step: 'debt', amount: 45n * 10n ** 8n },
      { step: 'par', rule: 'stablecoins owed', input: 55n * 10n ** 8n, amount: 5n * 10n ** 8n },
    ])
    expect(printUnitWaterfall({ ...unit, equity: 40, steps: [], credit: 40 }).steps).toMatchObject([
      { step: 'debt' },
      { step: 'par', amount: 5n * 10n ** 8n },
      { step: 'liquidation', input: 50n * 10n ** 8n, amount: 10n * 10n ** 8n },
    ])
  })
})
