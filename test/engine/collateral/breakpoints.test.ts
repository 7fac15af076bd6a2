import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evaluateLendingUnit } from '../../../engine/collateral/evaluateLendingUnit'
import { lendingUnitBreakpoints } from '../../../engine/collateral/lendingUnitBreakpoints'
import type { UnitTerms } from '../../../engine/collateral/types'
import { unitPrices } from '../../../engine/collateral/unitPrices'
import { propertyRuns } from '../propertyRuns'
import { collateral, debt, onePriceUnit, POLICY, unitOf } from './units'

const RANGE = { from: -0.95, to: 2 }

function movedPrices(unit: UnitTerms, sensitivity: readonly number[], move: number) {
  const { oracle, mark } = unitPrices(unit)
  const scaled = (row: ArrayLike<number>) => Array.from(row, (price, leg) => price * (1 + sensitivity[leg]! * move))
  return { oracle: scaled(oracle), mark: scaled(mark) }
}

const valueAt = (unit: UnitTerms, sensitivity: readonly number[], move: number) =>
  evaluateLendingUnit(unit, POLICY, movedPrices(unit, sensitivity, move))

describe('lendingUnitBreakpoints', () => {
  const unit = unitOf(
    collateral({ quantity: 100, price: 3000, liquidationThreshold: 0.83, maxLtv: 0.8 }),
    debt({ quantity: 150_000 }),
  )

  it('finds every breakpoint of the example, by rising move', () => {
    const found = lendingUnitBreakpoints(unit, unitPrices(unit), [1, 0], RANGE, POLICY)
    expect(found.map(({ kind }) => kind)).toEqual(['exhausted', 'closeFactor', 'healthFactor1', 'movable'])
    const moves = found.map(({ move }) => 300_000 * (1 + move))
    expect(moves[0]).toBeCloseTo(150_000 * 1.05, 6)
    expect(moves[1]).toBeCloseTo((150_000 * 0.95) / 0.83, 6)
    expect(moves[2]).toBeCloseTo(150_000 / 0.83, 6)
    expect(moves[3]).toBeCloseTo((150_000 * 1.25) / 0.83, 6)
    for (const { move, below, above } of found) {
      expect(move - below).toBeCloseTo(1e-9, 14)
      expect(above - move).toBeCloseTo(1e-9, 14)
    }
  })

  it('has a figure that changes on each side', () => {
    const [exhausted, , health, movable] = lendingUnitBreakpoints(unit, unitPrices(unit), [1, 0], RANGE, POLICY)
    const at = (move: number) => valueAt(unit, [1, 0], move)
    expect(at(health!.below).liquidatable).toBe(true)
    expect(at(health!.above).liquidatable).toBe(false)
    expect(at(health!.above).equity - at(health!.below).equity).toBeCloseTo(150_000 * 0.05, 2)
    expect(at(movable!.below).movable).toBe(0)
    expect(at(movable!.above).movable).toBeGreaterThan(0)
    expect(at(exhausted!.below).badDebt).toBeGreaterThan(0)
    expect(at(exhausted!.above).badDebt).toBe(0)
    expect(at(exhausted!.above).equity).toBeGreaterThan(0)
  })

  it('moves with what the factor moves: a rising debt, a hedged unit', () => {
    const shorted = unitOf(collateral({ quantity: 100 }), debt({ asset: 'WETH', quantity: 50 }))
    const [first] = lendingUnitBreakpoints(shorted, unitPrices(shorted), [0, 1], RANGE, POLICY)
    expect(first!.kind).toBe('movable')
    expect(50 * (1 + first!.move)).toBeCloseTo(64, 9)
    expect(lendingUnitBreakpoints(shorted, unitPrices(shorted), [1, 1], RANGE, POLICY)).toEqual([])
    const halved = lendingUnitBreakpoints(unit, unitPrices(unit), [0.5, 0], RANGE, POLICY)
    expect(300_000 * (1 + 0.5 * halved.find(({ kind }) => kind === 'healthFactor1')!.move)).toBeCloseTo(
      150_000 / 0.83,
      6,
    )
  })

  it('stays within the range asked for, edges included', () => {
    const health = 150_000 / 0.83 / 300_000 - 1
    const within = (from: number, to: number) =>
      lendingUnitBreakpoints(unit, unitPrices(unit), [1, 0], { from, to }, POLICY).map(({ kind }) => kind)
    expect(within(-0.2, 0.2)).toEqual([])
    expect(within(-0.4, -0.39)).toEqual(['healthFactor1'])
    const [clipped] = lendingUnitBreakpoints(
      unit,
      unitPrices(unit),
      [1, 0],
      { from: health - 1e-10, to: health + 1e-10 },
      POLICY,
    )
    expect(clipped!.below).toBe(health - 1e-10)
    expect(clipped!.above).toBe(health + 1e-10)
  })

  it('has no close factor outside Aave, nothing without debt or pledge', () => {
    const kinds = (rule: UnitTerms['rule']) =>
      lendingUnitBreakpoints({ ...unit, rule }, unitPrices(unit), [1, 0], RANGE, POLICY).map(({ kind }) => kind)
    expect(kinds('morpho')).toEqual(['exhausted', 'healthFactor1', 'movable'])
    expect(kinds('comet')).toEqual(['exhausted', 'healthFactor1', 'movable'])
    const bare = unitOf(collateral())
    expect(lendingUnitBreakpoints(bare, unitPrices(bare), [1], RANGE, POLICY)).toEqual([])
    const repaid = unitOf(collateral(), debt({ quantity: 0 }))
    expect(lendingUnitBreakpoints(repaid, unitPrices(repaid), [1, 0], { from: -1, to: 1 }, POLICY)).toEqual([])
    const off = unitOf(collateral({ enabled: false }), debt())
    expect(lendingUnitBreakpoints(off, unitPrices(off), [1, 0], RANGE, POLICY)).toEqual([])
  })

  it('leaves no jump of E between neighbouring breakpoints', () => {
    fc.assert(
      fc.property(
        onePriceUnit,
        fc.array(fc.constantFrom(0, 1), { minLength: 8, maxLength: 8 }),
        (found, sensitivity) => {
          const points = lendingUnitBreakpoints(found, unitPrices(found), sensitivity, RANGE, POLICY)
          const knots = [RANGE.from, ...points.flatMap(({ below, above }) => [below, above]), RANGE.to]
          const flags = (move: number) => valueAt(found, sensitivity, move).liquidatable
          for (let index = 0; index < knots.length - 1; index += 2) {
            const [left, right] = [knots[index]! + 1e-8, knots[index + 1]! - 1e-8]
            if (right > left && flags(left) !== flags(right)) return false
          }
          return true
        },
      ),
      { numRuns: propertyRuns(1500), seed: 4 },
    )
  })
})
