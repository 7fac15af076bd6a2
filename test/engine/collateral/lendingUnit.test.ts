import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileLendingUnit } from '../../../engine/collateral/compileLendingUnit'
import { creditBase } from '../../../engine/collateral/creditBase'
import { evaluateLendingUnit } from '../../../engine/collateral/evaluateLendingUnit'
import { evaluateLendingUnitScenarios } from '../../../engine/collateral/evaluateLendingUnitScenarios'
import type { UnitTerms } from '../../../engine/collateral/types'
import { unitPrices } from '../../../engine/collateral/unitPrices'
import { propertyRuns } from '../propertyRuns'
import { anyUnit, collateral, debt, onePriceUnit, POLICY, unitOf } from './units'

const runs = { numRuns: propertyRuns(1500), seed: 21 }
const value = (unit: UnitTerms) => evaluateLendingUnit(unit, POLICY)
const near = (a: number, b: number, scale = 1) => Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(scale))
const scaleOf = (unit: UnitTerms) =>
  [...unit.collateral, ...unit.debt].reduce(
    (sum, leg) => sum + leg.quantity * Math.max(leg.oraclePrice, leg.markPrice),
    0,
  )

describe('the published example: 300k against 150k, LT 0.83, bonus 5 %', () => {
  const at = (move: number) =>
    value(
      unitOf(
        collateral({ quantity: 100, price: 3000 * (1 + move), liquidationThreshold: 0.83, maxLtv: 0.8 }),
        debt({ quantity: 150_000 }),
      ),
    )

  it.each([
    { move: 0, equity: 150_000, movable: 300_000 - (150_000 * 1.25) / 0.83, health: 1.66 },
    { move: -0.1, equity: 120_000, movable: 270_000 - (150_000 * 1.25) / 0.83, health: 1.494 },
    { move: -0.3, equity: 60_000, movable: 0, health: 1.162 },
    { move: -0.45, equity: 7_500, movable: 0, health: 0.913 },
  ])('at $move: E $equity, W $movable', ({ move, equity, movable, health }) => {
    const found = at(move)
    expect(found.equity).toBeCloseTo(equity, 6)
    expect(found.movable).toBeCloseTo(movable, 6)
    expect(found.healthFactor).toBeCloseTo(health, 12)
    expect(found.badDebt).toBe(0)
    expect(found.liquidatable).toBe(health < 1)
    expect(found.reach).toBeCloseTo(movable / equity, 12)
  })

  it('prints W as 74.1k and 44.1k', () => {
    expect((at(0).movable / 1000).toFixed(1)).toBe('74.1')
    expect((at(-0.1).movable / 1000).toFixed(1)).toBe('44.1')
  })

  it('has bad debt once the incentive is not covered', () => {
    const found = at(-0.5)
    expect(found.equity).toBe(0)
    expect(found.badDebt).toBeCloseTo(150_000 - 150_000 / 1.05, 6)
    expect(found.reach).toBeNull()
  })
})

describe('evaluateLendingUnit', () => {
  it('is plain equity without debt, all of it movable as far as the market pays', () => {
    const found = value(unitOf([collateral({ price: 2 }), collateral({ asset: 'B', withdrawable: 30 })]))
    expect(found).toEqual({
      collateralValue: 300,
      pledgedValue: 300,
      debtValue: 0,
      healthFactor: null,
      liquidatable: false,
      equity: 300,
      badDebt: 0,
      movable: 230,
      reach: 230 / 300,
    })
  })

  it('has no health factor for a debt that is worth nothing', () => {
    expect(value(unitOf(collateral(), debt({ price: 0 }))).healthFactor).toBeNull()
    expect(value(unitOf(collateral(), debt({ quantity: 0 }))).movable).toBe(100)
  })

  it('triggers on oracle prices and values at marks', () => {
    const healthy = value(unitOf(collateral({ oraclePrice: 1, markPrice: 0.6 }), debt()))
    expect(healthy.liquidatable).toBe(false)
    expect(healthy.equity).toBeCloseTo(10, 12)
    const triggered = value(unitOf(collateral({ oraclePrice: 0.6, markPrice: 1 }), debt()))
    // 50 repaid take 52.5 at the oracle's 0.6: 87.5 tokens, 12.5 are left.
    expect(triggered.liquidatable).toBe(true)
    expect(triggered.equity).toBeCloseTo(12.5, 12)
  })

  it('gives the owner nothing for being liquidated at a loss', () => {
    // At marks the unit is worth 60 − 50; the oracle would let 52.5 of 62 tokens be taken for 50.
    const found = value(unitOf(collateral({ oraclePrice: 0.62, markPrice: 0.3 }), debt()))
    expect(found.equity).toBe(0)
    expect(found.badDebt).toBeCloseTo(20, 12)
  })

  it('is not liquidated at exactly 1', () => {
    expect(value(unitOf(collateral({ liquidationThreshold: 0.5 }), debt())).equity).toBe(50)
    expect(value(unitOf(collateral({ liquidationThreshold: 0.5 }), debt({ quantity: 50.001 }))).equity).toBeCloseTo(
      100 - 50.001 * 1.05,
      9,
    )
  })

  it('lets the dearest seizure go first, ties by asset', () => {
    const legs = [
      collateral({ asset: 'B', quantity: 40, liquidationIncentive: 1.05, liquidationThreshold: 0.5 }),
      collateral({ asset: 'A', quantity: 40, liquidationIncentive: 1.1, liquidationThreshold: 0.5 }),
    ]
    const owed = debt({ quantity: 50 })
    const byIncentive = value(unitOf(legs, owed))
    // A repays 40/1.1, B the rest at 1.05.
    expect(byIncentive.equity).toBeCloseTo(40 - (50 - 40 / 1.1) * 1.05, 12)
    const cheapMark = value(unitOf([legs[0]!, { ...legs[1]!, markPrice: 0.9 }], owed))
    // A's seizure now costs 0.99 per USD: B goes first.
    expect(cheapMark.equity).toBeCloseTo((40 - (50 - 40 / 1.05) * 1.1) * 0.9, 12)
    const tied = legs.map((leg) => ({ ...leg, liquidationIncentive: 1.05 }))
    expect(value(unitOf(tied, owed)).equity).toBeCloseTo(80 - 52.5, 12)
  })

  it('sorts more than two collaterals', () => {
    const legs = [1.01, 1.2, 1.1, 1.15].map((liquidationIncentive, index) =>
      collateral({ asset: `T${index}`, quantity: 10, liquidationIncentive, liquidationThreshold: 0.1 }),
    )
    const repaid = 10 / 1.2 + 10 / 1.15 + 5
    expect(value(unitOf(legs, debt({ quantity: repaid }))).equity).toBeCloseTo(20 - 5 * 1.1, 12)
  })

  it('loses what the oracle calls worthless', () => {
    const legs = [collateral({ quantity: 60 }), collateral({ asset: 'B', oraclePrice: 0, markPrice: 5 })]
    const found = value(unitOf(legs, debt({ quantity: 50 })))
    expect(found.equity).toBeCloseTo(60 - 52.5, 12)
    expect(value(unitOf(legs, debt({ quantity: 40 }))).equity).toBe(520)
  })

  it('leaves out collateral that is not pledged', () => {
    const off = collateral({ asset: 'B', quantity: 30, enabled: false, withdrawable: 20 })
    const found = value(unitOf([collateral({ quantity: 55 }), off], debt()))
    expect(found.healthFactor).toBeCloseTo(0.88, 12)
    expect(found.equity).toBeCloseTo(2.5 + 30, 12)
    expect(found.movable).toBe(20)
    expect(value(unitOf([collateral({ quantity: 40 }), off], debt())).equity).toBe(30)
    const withoutThreshold = collateral({ asset: 'B', quantity: 30, liquidationThreshold: 0, maxLtv: 0 })
    expect(value(unitOf([collateral({ quantity: 40 }), withoutThreshold], debt())).equity).toBe(30)
    expect(value(unitOf([collateral({ quantity: 40 }), withoutThreshold], debt(), 'comet')).equity).toBeGreaterThan(0)
    expect(value(unitOf([collateral({ quantity: 40 }), withoutThreshold], debt(), 'comet')).equity).toBeLessThan(30)
  })

  it('shares what is left of several debts', () => {
    const debts = [debt({ quantity: 100, oraclePrice: 1, markPrice: 1.02 }), debt({ asset: 'DAI', quantity: 100 })]
    const found = value(unitOf(collateral({ quantity: 105 }), debts))
    // 100 of 200 repaid at the oracle: half of the debt is left, worth 101 at marks.
    expect(found.badDebt).toBeCloseTo(101, 12)
    expect(found.equity).toBe(0)
  })

  it('absorbs all of a Comet account at its liquidation factors', () => {
    const unit = unitOf(collateral({ quantity: 60, liquidationIncentive: 1 / 0.9 }), debt(), 'comet')
    expect(value(unit).equity).toBeCloseTo(60 * 0.9 - 50, 12)
    expect(
      value(unitOf(collateral({ quantity: 50, liquidationIncentive: 1 / 0.9 }), debt(), 'comet')).badDebt,
    ).toBeCloseTo(5, 12)
    const cheapBase = debt({ oraclePrice: 1, markPrice: 0.98 })
    expect(value({ ...unit, debt: [cheapBase] }).equity).toBeCloseTo(4 * 0.98, 12)
    expect(value({ ...unit, rule: 'aave' }).equity).toBeCloseTo(60 - 50 / 0.9, 12)
  })

  it('counts nothing for collateral that cannot be relied on', () => {
    const found = value(unitOf(collateral({ unusable: 'PRICE_STALE' }), debt()))
    expect(found.collateralValue).toBe(0)
    expect(found.badDebt).toBe(50)
    expect(Array.from(unitPrices(unitOf(collateral({ unusable: 'PRICE_STALE' }), debt())).mark)).toEqual([0, 1])
  })

  it('takes prices in place of the unit’s own', () => {
    const unit = unitOf(collateral(), debt())
    expect(evaluateLendingUnit(unit, POLICY, { oracle: [2, 1], mark: [3, 1] }).equity).toBe(250)
  })
})

describe('movable', () => {
  const movable = (...args: Parameters<typeof unitOf>) => value(unitOf(...args)).movable

  it('keeps the target health factor, 1.10 above a threshold of 0.90', () => {
    expect(movable(collateral(), debt())).toBeCloseTo(100 - (50 * 1.25) / 0.8, 12)
    const stable = { liquidationThreshold: 0.95, maxLtv: 0.93 }
    expect(movable(collateral(stable), debt())).toBeCloseTo(100 - (50 * 1.1) / 0.95, 12)
    const boundary = { liquidationThreshold: 0.9, maxLtv: 0.9 }
    expect(movable(collateral(boundary), debt())).toBeCloseTo(100 - (50 * 1.25) / 0.9, 12)
  })

  it('keeps the loan within its LTV where that is tighter', () => {
    expect(movable(collateral({ maxLtv: 0.6 }), debt())).toBeCloseTo(100 - 50 / 0.6, 12)
  })

  it('stops at what the market pays out, at pauses and at debt', () => {
    expect(movable(collateral({ withdrawable: 10 }), debt())).toBe(10)
    expect(movable(collateral({ withdrawable: 0 }), debt())).toBe(0)
    expect(movable(collateral(), debt({ quantity: 65 }))).toBe(0)
    expect(movable(collateral(), debt({ quantity: 64 }))).toBeCloseTo(0, 12)
    expect(movable(collateral({ quantity: 0 }), debt({ quantity: 0 }))).toBe(0)
  })

  it('lets go first of what backs least', () => {
    const weak = collateral({ asset: 'B', quantity: 10, liquidationThreshold: 0.4, maxLtv: 0.4 })
    const found = movable([collateral(), weak], debt())
    // B backs 3.2 in all; then A gives up what is left of the slack.
    expect(found).toBeCloseTo(10 + (100 * 0.64 - 50) / 0.64, 12)
    expect(movable([collateral({ withdrawable: 0 }), weak], debt())).toBeCloseTo(10, 12)
  })

  it('values at marks and measures at the oracle', () => {
    expect(movable(collateral({ oraclePrice: 1, markPrice: 0.9 }), debt())).toBeCloseTo(0.9 * (100 - 62.5 / 0.8), 12)
  })

  it('lets collateral which backs nothing go whole, and only that where it is in the way', () => {
    const zeroLtv = collateral({ asset: 'B', quantity: 20, maxLtv: 0 })
    expect(movable([collateral(), zeroLtv], debt())).toBeCloseTo(20 + (100 - 62.5 / 0.8), 12)
    expect(movable([collateral(), { ...zeroLtv, withdrawable: 5 }], debt())).toBe(5)
    expect(movable([collateral(), { ...zeroLtv, withdrawable: 5 }], [])).toBe(105)
    expect(movable([collateral(), { ...zeroLtv, withdrawable: 5 }], debt(), 'comet')).toBeCloseTo(
      5 + (100 - 62.5 / 0.8),
      12,
    )
    expect(movable([collateral(), { ...zeroLtv, quantity: 0, withdrawable: -0 }], debt())).toBeCloseTo(
      100 - 62.5 / 0.8,
      12,
    )
  })
})

describe('properties', () => {
  it('keeps every figure finite and non-negative, and E within max(0, C − D) and what is not pledged', () => {
    fc.assert(
      fc.property(anyUnit, (unit) => {
        const found = value(unit)
        const { collateralValue, debtValue, equity, badDebt, movable, reach, healthFactor } = found
        const numbers = [collateralValue, debtValue, equity, badDebt, movable, reach ?? 0, healthFactor ?? 0]
        const free = unit.collateral
          .filter((leg) => !leg.enabled || (unit.rule === 'aave' && leg.liquidationThreshold === 0))
          .reduce((sum, leg) => sum + leg.quantity * leg.markPrice, 0)
        const slack = 1e-9 * (1 + scaleOf(unit))
        return (
          numbers.every((number) => Number.isFinite(number) && number >= 0) &&
          equity <= free + Math.max(0, collateralValue - free - debtValue) + slack &&
          badDebt >= debtValue - (collateralValue - free) - slack &&
          movable <= collateralValue + slack &&
          (reach === null || reach <= 1)
        )
      }),
      runs,
    )
  })

  it('conserves value without liquidation: E − bad debt = C − D', () => {
    fc.assert(
      fc.property(onePriceUnit, (unit) => {
        const found = value(unit)
        const allPledged = unit.collateral.every((leg) => leg.enabled && leg.liquidationThreshold > 0)
        if (found.liquidatable || !allPledged) return true
        return near(found.equity - found.badDebt, found.collateralValue - found.debtValue, scaleOf(unit))
      }),
      runs,
    )
  })

  it('never falls when collateral is added, in E and in W', () => {
    fc.assert(
      fc.property(anyUnit, fc.nat(3), fc.double({ min: 0, max: 1e6, noNaN: true }), (unit, which, more) => {
        const index = which % unit.collateral.length
        const richer = {
          ...unit,
          collateral: unit.collateral.map((leg, at) =>
            at === index ? { ...leg, quantity: leg.quantity + more, withdrawable: leg.withdrawable } : leg,
          ),
        }
        const [before, after] = [value(unit), value(richer)]
        const slack = 1e-9 * (1 + scaleOf(richer))
        // More of a token that stands in the way of withdrawals (Aave, LTV 0) does block them.
        const blocks = unit.rule === 'aave' && unit.collateral[index]!.maxLtv === 0
        return (
          after.equity >= before.equity - slack &&
          (blocks || after.movable >= before.movable - slack) &&
          after.badDebt <= before.badDebt + slack
        )
      }),
      runs,
    )
  })

  it('never rises when debt is added', () => {
    fc.assert(
      fc.property(
        anyUnit,
        fc.double({ min: 0, max: 1e6, noNaN: true }),
        fc.double({ min: 0.1, max: 10, noNaN: true }),
        (unit, more, at) => {
          // Comet has one debt asset, in which it also pays the surplus out.
          const deeper =
            unit.rule === 'comet'
              ? { ...unit, debt: unit.debt.map((leg) => ({ ...leg, quantity: leg.quantity * (1 + more) })) }
              : { ...unit, debt: [...unit.debt, debt({ asset: 'Z', quantity: more, price: at })] }
          const [before, after] = [value(unit), value(deeper)]
          const slack = 1e-9 * (1 + scaleOf(deeper))
          return after.equity <= before.equity + slack && after.movable <= before.movable + slack
        },
      ),
      runs,
    )
  })

  it('leaves a state that the protocol and the policy accept after moving W', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 1e6, noNaN: true }),
        fc.double({ min: 0.1, max: 0.97, noNaN: true }),
        fc.double({ min: 0.3, max: 1, noNaN: true }),
        fc.double({ min: 0.05, max: 1.2, noNaN: true }),
        (quantity, threshold, part, load) => {
          const leg = collateral({ quantity, liquidationThreshold: threshold, maxLtv: threshold * part })
          const owed = debt({ quantity: quantity * threshold * load })
          const { movable, healthFactor } = value(unitOf(leg, owed))
          const after = value(unitOf({ ...leg, quantity: quantity - movable }, owed))
          const target = threshold > 0.9 ? 1.1 : 1.25
          if (movable === 0)
            return healthFactor! <= target * (1 + 1e-9) || owed.quantity >= quantity * leg.maxLtv * (1 - 1e-9)
          const binding = Math.min(after.healthFactor! / target, ((quantity - movable) * leg.maxLtv) / owed.quantity)
          return near(binding, 1) && movable <= quantity
        },
      ),
      runs,
    )
  })

  it('does not depend on the order of legs and scales with the unit', () => {
    fc.assert(
      fc.property(anyUnit, (unit) => {
        const distinct = {
          ...unit,
          collateral: unit.collateral.map((leg, index) => ({ ...leg, asset: `${leg.asset}${index}` })),
        }
        const reversed = {
          ...distinct,
          collateral: [...distinct.collateral].reverse(),
          debt: [...distinct.debt].reverse(),
        }
        const doubled = {
          ...distinct,
          collateral: distinct.collateral.map((leg) => ({
            ...leg,
            quantity: 2 * leg.quantity,
            withdrawable: 2 * leg.withdrawable,
          })),
          debt: distinct.debt.map((leg) => ({ ...leg, quantity: 2 * leg.quantity })),
        }
        const scale = scaleOf(unit)
        const [one, other, two] = [value(distinct), value(reversed), value(doubled)]
        return (
          near(one.equity, other.equity, scale) &&
          near(one.movable, other.movable, scale) &&
          near(one.badDebt, other.badDebt, scale) &&
          two.equity === 2 * one.equity &&
          two.movable === 2 * one.movable &&
          two.healthFactor === one.healthFactor
        )
      }),
      runs,
    )
  })
})

describe('evaluateLendingUnitScenarios', () => {
  it('equals the single evaluation in every scenario, from a shared price matrix', () => {
    fc.assert(
      fc.property(
        anyUnit,
        fc.array(fc.double({ min: 0, max: 3, noNaN: true }), { minLength: 1, maxLength: 6 }),
        (unit, moves) => {
          const legs = [...unit.collateral, ...unit.debt]
          const stride = moves.length + 2
          // Rows in reverse, with room to spare, as in a matrix that serves other units too.
          const rows = Int32Array.from(legs, (_, leg) => legs.length - leg)
          const oracle = new Float64Array((legs.length + 1) * stride).fill(Number.NaN)
          const mark = oracle.slice()
          legs.forEach((leg, index) => {
            moves.forEach((move, scenario) => {
              oracle[rows[index]! * stride + scenario] = leg.oraclePrice * move
              mark[rows[index]! * stride + scenario] = leg.markPrice * move
            })
          })
          const out = {
            equity: new Float64Array(moves.length),
            badDebt: new Float64Array(moves.length),
            movable: new Float64Array(moves.length),
          }
          evaluateLendingUnitScenarios(compileLendingUnit(unit, POLICY), oracle, mark, rows, stride, moves.length, out)
          return moves.every((move, scenario) => {
            const single = evaluateLendingUnit(unit, POLICY, {
              oracle: legs.map((leg) => leg.oraclePrice * move),
              mark: legs.map((leg) => leg.markPrice * move),
            })
            return (
              out.equity[scenario] === single.equity &&
              out.badDebt[scenario] === single.badDebt &&
              out.movable[scenario] === single.movable
            )
          })
        },
      ),
      runs,
    )
  })
})

describe('creditBase', () => {
  const withdraw = { control: 'notice', unwindable: true } as const

  it('is the smaller of E and W where the venue can only withdraw', () => {
    expect(creditBase(withdraw, 100, 60, 0.01)).toBe(60)
    expect(creditBase(withdraw, 50, 60, 0.01)).toBe(50)
    expect(creditBase({ control: 'enforceable', unwindable: false }, 100, 60, 0.01)).toBe(60)
    expect(creditBase({ control: 'none', unwindable: true }, 100, 60, 0.01)).toBe(60)
  })

  it('is E less the cost of unwinding where it can unwind', () => {
    expect(creditBase({ control: 'enforceable', unwindable: true }, 100, 60, 0.01)).toBe(99)
  })
})
