import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evaluateLendingUnit } from '../../../engine/collateral/evaluateLendingUnit'
import { haircutAccount } from '../../../engine/haircut/haircutAccount'
import { runWaterfall } from '../../../engine/haircut/runWaterfall'
import type { Waterfall } from '../../../engine/haircut/types'
import type { HaircutParameters, ResolvedHolding, ResolvedLendingUnit } from '../../../engine/types'
import { propertyRuns } from '../propertyRuns'
import { anyHolding, EVERYTHING, holding, LENDING, lendingUnit, MAJOR, NOTHING, pledge } from './leaves'

const owed = (quantity: number) => ({ ...pledge({ asset: 'USDC', quantity }), riskGroup: 'USDC' })

function account(
  holdings: readonly ResolvedHolding[],
  units: readonly ResolvedLendingUnit[] = [],
  haircuts: HaircutParameters = NOTHING,
  market = false,
) {
  const valued = units.map((unit) => ({ unit, value: evaluateLendingUnit(unit, LENDING) }))
  return haircutAccount({ holdings, units: valued }, { haircuts, lending: LENDING }, { market })
}

/** What the printed rows leave: the amounts taken from the value one after the other. */
const subtracted = ({ value, steps }: Waterfall) => steps.reduce((left, { amount }) => left - amount, value)

const creditOf = (found: ReturnType<typeof account>) =>
  [...found.holdings, ...found.units].reduce((sum, { credit }) => sum + credit, 0)

describe('holdings', () => {
  it('pass every step in order, each on what the one before has left', () => {
    const { holdings } = account([holding({ class: MAJOR, chain: 'alpha', movable: 90 })], [], EVERYTHING, true)
    const [found] = holdings
    expect(found!.steps.map(({ step }) => step)).toEqual([
      'encumbrance',
      'market',
      'size',
      'wrapper',
      'protocol',
      'chain',
      'oracle',
      'cap',
    ])
    let left = 100
    for (const { input, haircut, amount } of found!.steps) {
      expect(input).toBe(left)
      expect(amount).toBe(input * haircut)
      left -= amount
    }
    expect(found!.credit).toBe(left)
    expect(found!.steps[0]).toMatchObject({ rule: 'movable', input: 100 })
    expect(found!.steps[0]!.amount).toBeCloseTo(10, 12)
    expect(found!.retained).toBeCloseTo(0.8 * 0.95 * 0.98 * 0.99, 12)
    expect(found!.credit).toBeCloseTo(90 * found!.retained, 12)
    expect(found!.reasonCode).toBeNull()
  })

  it('have no market step where the scenarios charge it', () => {
    const { holdings } = account([holding({ class: MAJOR })])
    expect(holdings[0]!.steps.map(({ step }) => step)).not.toContain('market')
    expect(holdings[0]!.credit).toBeCloseTo(95, 12)
  })

  it('are worth nothing at once when they cannot be relied on', () => {
    const { holdings } = account([holding({ unusable: 'PRICE_STALE' }), holding({ quantity: 40 })])
    expect(holdings[0]).toEqual({
      id: 'h',
      value: 100,
      steps: [{ step: 'unusable', input: 100, rule: 'PRICE_STALE', haircut: 1, amount: 100 }],
      credit: 0,
      retained: 0,
      reasonCode: 'PRICE_STALE',
    })
    expect(holdings[1]!.credit).toBe(40)
  })

  it('do not count more than there is, and nothing of nothing', () => {
    const { holdings } = account([holding({ movable: 500 }), holding({ quantity: 0 })])
    expect(holdings[0]!.credit).toBe(100)
    expect(holdings[0]!.steps[0]).toMatchObject({ rule: 'none', haircut: 0 })
    expect(holdings[1]!.credit).toBe(0)
    expect(holdings[1]!.steps[0]).toMatchObject({ rule: 'none', haircut: 0 })
  })

  it('leave no room for what is unusable in tiers and caps', () => {
    const haircuts = { ...NOTHING, caps: { ...NOTHING.caps, account: 100 } }
    const { holdings } = account([holding({ unusable: 'PRICE_STALE', quantity: 1e6 }), holding()], [], haircuts)
    expect(holdings[1]!.credit).toBe(100)
  })
})

describe('units', () => {
  it('start from E and rely on min(E, W)', () => {
    const { units } = account([], [lendingUnit({ debt: [owed(50)] })])
    expect(units[0]!.value).toBe(50)
    expect(units[0]!.steps[0]).toMatchObject({ step: 'encumbrance', rule: 'min(E,W)', input: 50 })
    expect(units[0]!.credit).toBeCloseTo(100 - 62.5 / 0.8, 12)
    expect(units[0]!.retained).toBe(1)
  })

  it('rely on E less the cost of unwinding where the venue can unwind', () => {
    const { units } = account([], [lendingUnit({ debt: [owed(50)], control: 'enforceable', unwindable: true })])
    expect(units[0]!.credit).toBeCloseTo(49.5, 12)
    expect(units[0]!.steps[0]!.rule).toBe('unwind')
    const whole = account([], [lendingUnit()])
    expect(whole.units[0]!.steps[0]).toMatchObject({ rule: 'none', haircut: 0 })
  })

  it('take the haircuts of their collateral by value', () => {
    const collateral = [
      pledge({ quantity: 100, class: { ...MAJOR, wrapperFloor: 0.1 } }),
      pledge({ asset: 'B', quantity: 300, class: { ...MAJOR, wrapperFloor: 0.3 } }),
    ]
    const { units } = account([], [lendingUnit({ collateral })])
    const wrapper = units[0]!.steps.find(({ step }) => step === 'wrapper')!
    expect(wrapper.haircut).toBeCloseTo((100 * 0.1 + 300 * 0.3) / 400, 12)
    expect(units[0]!.credit).toBeCloseTo(100 * 0.9 + 300 * 0.7, 9)
    expect(units[0]!.retained).toBeCloseTo(0.75, 12)
  })

  it('weight by what the market pays out, and by all of it where the venue unwinds', () => {
    const collateral = [
      pledge({ quantity: 100, class: { ...MAJOR, wrapperFloor: 0.1 } }),
      pledge({ asset: 'B', quantity: 300, withdrawable: 0, class: { ...MAJOR, wrapperFloor: 0.3 } }),
    ]
    expect(account([], [lendingUnit({ collateral })]).units[0]!.retained).toBeCloseTo(0.9, 12)
    const unwound = lendingUnit({ collateral, control: 'enforceable', unwindable: true })
    expect(account([], [unwound]).units[0]!.retained).toBeCloseTo(0.75, 12)
    const stuck = collateral.map((leg) => ({ ...leg, withdrawable: 0 }))
    const none = account([], [lendingUnit({ collateral: stuck })]).units[0]!
    expect(none.credit).toBe(0)
    expect(none.retained).toBeCloseTo(0.75, 12)
    const enforceableOnly = lendingUnit({ collateral, control: 'enforceable', unwindable: false })
    expect(account([], [enforceableOnly]).units[0]!.retained).toBeCloseTo(0.9, 12)
    const unwindableOnly = lendingUnit({ collateral, control: 'notice', unwindable: true })
    expect(account([], [unwindableOnly]).units[0]!.retained).toBeCloseTo(0.9, 12)
  })

  it('keep their retained fraction while nothing can be relied on today', () => {
    const unit = lendingUnit({ collateral: [pledge({ class: MAJOR })], debt: [owed(70)] })
    const { units } = account([], [unit])
    expect(units[0]!.credit).toBe(0)
    expect(units[0]!.retained).toBeCloseTo(0.95, 12)
  })

  it('count nothing when they or their only collateral cannot be relied on', () => {
    const bad = account([], [lendingUnit({ unusable: 'CHAIN_STALE' })]).units[0]!
    expect(bad).toMatchObject({ value: 100, credit: 0, retained: 0, reasonCode: 'CHAIN_STALE' })
    expect(bad.steps).toHaveLength(1)
    const unpriced = account([], [lendingUnit({ collateral: [pledge({ unusable: 'PRICE_STALE' })] })]).units[0]!
    expect(unpriced).toMatchObject({ value: 0, credit: 0 })
    expect(account([], [lendingUnit({ collateral: [] })]).units[0]).toMatchObject({ value: 0, credit: 0, retained: 1 })
  })

  it('share size tiers and caps with free holdings, each with its own part', () => {
    const tiers = {
      ETH: [
        { upTo: 100, ratio: 1 },
        { upTo: null, ratio: 0.5 },
      ],
    }
    const haircuts = { ...NOTHING, riskGroupTiers: tiers }
    const both = account([holding()], [lendingUnit()], haircuts)
    expect(creditOf(both)).toBeCloseTo(150, 9)
    expect(both.units[0]!.credit).toBeCloseTo(75, 9)
    const two = account(
      [],
      [lendingUnit(), lendingUnit({ id: 'v', collateral: [pledge({ quantity: 300 })] })],
      haircuts,
    )
    expect(two.units.map(({ credit }) => Number(credit.toFixed(9)))).toEqual([62.5, 187.5])
  })

  it('are capped after the size step has taken its part', () => {
    const tiers = [
      { upTo: 50, ratio: 1 },
      { upTo: null, ratio: 0 },
    ]
    const haircuts = { ...NOTHING, riskGroupTiers: { ETH: tiers }, caps: { ...NOTHING.caps, account: 40 } }
    const [found] = account([holding({ quantity: 100 })], [], haircuts).holdings
    expect(found!.steps.find(({ step }) => step === 'size')).toMatchObject({ amount: 50 })
    expect(found!.credit).toBeCloseTo(40, 12)
  })

  it('say whether a unit is unwound or withdrawn from', () => {
    const ruleOf = (fields: Partial<ResolvedLendingUnit>) =>
      account([], [lendingUnit({ ...fields, collateral: [pledge({ withdrawable: 1 })], debt: [owed(10)] })]).units[0]!
        .steps[0]!.rule
    expect(ruleOf({ unwindable: false })).toBe('min(E,W)')
    expect(ruleOf({ unwindable: true, control: 'notice' })).toBe('min(E,W)')
    expect(ruleOf({ unwindable: true, control: 'enforceable' })).toBe('unwind')
  })

  it('are capped over the book', () => {
    const valued = [{ unit: lendingUnit(), value: evaluateLendingUnit(lendingUnit(), LENDING) }]
    const haircuts = { ...NOTHING, caps: { ...NOTHING.caps, global: { WETH: 50 } } }
    const found = haircutAccount(
      { holdings: [], units: valued, bookCredit: { WETH: 200 } },
      { haircuts, lending: LENDING },
      { market: false },
    )
    expect(found.units[0]!.credit).toBeCloseTo(25, 12)
  })
})

describe('runWaterfall', () => {
  it('keeps what comes before the first relied deduction out of `retained`', () => {
    const deductions = [0.5, 0.1, 0.2].map((haircut, index) => ({ step: `s${index}`, rule: 'r', haircut }))
    expect(runWaterfall('x', 80, deductions, 1).retained).toBeCloseTo(0.72, 15)
    expect(runWaterfall('x', 80, deductions, 0).retained).toBeCloseTo(0.36, 15)
    expect(runWaterfall('x', 80, deductions, 0).credit).toBeCloseTo(28.8, 12)
    expect(runWaterfall('x', 80, [], 0, 'WHY')).toEqual({
      id: 'x',
      value: 80,
      steps: [],
      credit: 80,
      retained: 1,
      reasonCode: 'WHY',
    })
  })
})

describe('properties', () => {
  const runs = { numRuns: propertyRuns(1500), seed: 17 }
  const anyHoldings = fc.array(anyHolding, { minLength: 1, maxLength: 6 })
  const loan = fc.double({ min: 0, max: 2000, noNaN: true })
  const anyUnit = fc
    .tuple(fc.array(anyHolding, { minLength: 1, maxLength: 3 }), loan, fc.boolean())
    .map(([legs, debt, unwindable]) =>
      lendingUnit({
        control: 'enforceable',
        unwindable,
        debt: [owed(debt)],
        collateral: legs.map((leg) =>
          pledge({ ...leg, liquidationThreshold: 0.8, maxLtv: 0.7, withdrawable: leg.movable, quantity: leg.quantity }),
        ),
      }),
    )

  it('adds up: value minus the amounts is the credit, exactly, and every figure is in bounds', () => {
    fc.assert(
      fc.property(anyHoldings, fc.array(anyUnit, { maxLength: 2 }), fc.boolean(), (holdings, units, market) => {
        const found = account(holdings, units, EVERYTHING, market)
        return [...found.holdings, ...found.units].every(
          (row) =>
            subtracted(row) === row.credit &&
            row.credit >= 0 &&
            row.credit <= row.value &&
            row.retained >= 0 &&
            row.retained <= 1 &&
            (row.credit === 0 || row.reasonCode === null) &&
            row.steps.every(({ haircut, amount }) => haircut >= 0 && haircut <= 1 && amount >= 0),
        )
      }),
      runs,
    )
  })

  it('never lowers the credit when a holding is added or grows', () => {
    // Issuers span no two groups here and no pair of tiers binds twice: see `sizeDeductions`.
    const haircuts = { ...EVERYTHING, issuerTiers: {} }
    fc.assert(
      fc.property(anyHoldings, anyHolding, fc.array(anyUnit, { maxLength: 1 }), (holdings, extra, units) => {
        const before = creditOf(account(holdings, units, haircuts))
        const added = creditOf(account([...holdings, extra], units, haircuts))
        const [first, ...rest] = holdings
        const grown = { ...first!, quantity: first!.quantity + 10, movable: first!.movable + 10 }
        const after = creditOf(account([grown, ...rest], units, haircuts))
        return added >= before - 1e-6 && after >= before - 1e-6
      }),
      runs,
    )
  })

  it('does not depend on the order of rows nor on the wallets they lie in', () => {
    fc.assert(
      fc.property(anyHoldings, fc.double({ min: 0, max: 1, noNaN: true }), (holdings, part) => {
        const whole = creditOf(account(holdings, [], EVERYTHING))
        const split = holdings.flatMap((row) => [
          { ...row, quantity: row.quantity * part, movable: row.movable * part },
          { ...row, quantity: row.quantity * (1 - part), movable: row.movable * (1 - part) },
        ])
        const apart = creditOf(account(split, [], EVERYTHING))
        const reversed = creditOf(account([...holdings].reverse(), [], EVERYTHING))
        return Math.abs(apart - whole) <= 1e-6 && Math.abs(reversed - whole) <= 1e-6
      }),
      runs,
    )
  })

  it('never gives more on a thinner chain, behind a worse bridge or under harsher parameters', () => {
    const harsher: HaircutParameters = {
      ...EVERYTHING,
      protocolTiers: { none: 0.01, blue: 0.05, new: 0.4 },
      oracle: { singleSource: 0.1, deviationMultiplier: 4 },
      issuerTiers: {},
      riskGroupTiers: {},
    }
    const milder = { ...EVERYTHING, issuerTiers: {}, riskGroupTiers: {}, caps: NOTHING.caps }
    fc.assert(
      fc.property(anyHolding, (row) => {
        const here = creditOf(
          account([{ ...row, bridge: 'native', haircut: { ...row.haircut, chainTier: 'none' } }], [], EVERYTHING),
        )
        const there = creditOf(
          account([{ ...row, bridge: 'bridged', haircut: { ...row.haircut, chainTier: 'two' } }], [], EVERYTHING),
        )
        return (
          there <= here + 1e-9 &&
          creditOf(account([row], [], { ...harsher, caps: NOTHING.caps })) <=
            creditOf(account([row], [], milder)) + 1e-9
        )
      }),
      runs,
    )
  })
})
