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
const rows = fc.record({ value: units, isPledged: fc.boolean() })

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
      fc.property(fc.array(rows, { minLength: 1, maxLength: 5 }), units, haircuts, (assets, debt, rates) => {
        const values = assets.map(({ value }) => value)
        const pledgedValues = assets.map(({ value, isPledged }) => (isPledged ? value : 0n))
        const [collateral, pledged] = [sum(values), sum(pledgedValues)]
        const free = collateral - pledged
        const equity = Number(debt < pledged ? collateral - debt : free) / 1e8
        const { steps, credit } = waterfall(equity, rates)
        const whole = printUnitWaterfall({
          collateral,
          pledged,
          debt,
          debtAtPar: debt,
          unusable: null,
          equity,
          steps,
          credit,
        })
        expect(collateral - amountOf(whole.steps)).toBe(whole.credit)
        const split = splitWaterfall(whole, values, pledgedValues)
        expect(sum(split.map((row) => row.credit))).toBe(whole.credit)
        for (const [index, row] of split.entries()) expect(values[index]! - amountOf(row.steps)).toBe(row.credit)
        for (const [level, step] of whole.steps.entries()) {
          expect(sum(split.map((row) => row.steps[level]!.amount))).toBe(step.amount)
          expect(sum(split.map((row) => row.steps[level]!.input))).toBe(step.input)
        }
      }),
    )
  })

  it('name what a due liquidation costs apart from the debt', () => {
    const { steps } = printUnitWaterfall({
      collateral: 100n * 10n ** 8n,
      pledged: 100n * 10n ** 8n,
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
    const unit = {
      collateral: 100n * 10n ** 8n,
      pledged: 100n * 10n ** 8n,
      debt: 45n * 10n ** 8n,
      debtAtPar: 50n * 10n ** 8n,
      unusable: null,
    }
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

  it('leave what is not pledged to its owner when the pledge is exhausted', () => {
    const usd = 10n ** 8n
    const { steps, credit } = waterfall(100, [0.2])
    const whole = printUnitWaterfall({
      collateral: 150n * usd,
      pledged: 50n * usd,
      debt: 80n * usd,
      debtAtPar: 80n * usd,
      unusable: null,
      equity: 100,
      steps,
      credit,
    })
    expect(whole).toMatchObject({
      steps: [
        { step: 'debt', amount: 50n * usd },
        { step: 's0', input: 100n * usd, amount: 20n * usd },
      ],
      credit: 80n * usd,
    })
    const [pledged, free] = splitWaterfall(whole, [50n * usd, 100n * usd], [50n * usd, 0n])
    expect([pledged!.credit, free!.credit]).toEqual([0n, 80n * usd])
  })
})
