import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evaluateLendingUnit } from '../../../engine/collateral/evaluateLendingUnit'
import { forecastLiquidation } from '../../../engine/collateral/forecastLiquidation'
import { morphoIncentive } from '../../../engine/collateral/morphoIncentive'
import type { UnitTerms } from '../../../engine/collateral/types'
import { propertyRuns } from '../propertyRuns'
import { collateral, debt, onePriceUnit, POLICY, unitOf } from './units'

const once = { calls: 1 }

/** The example unit at a move of its collateral's price. */
function example(move: number): UnitTerms {
  return unitOf(
    collateral({ quantity: 100, price: 3000 * (1 + move), liquidationThreshold: 0.83, maxLtv: 0.8 }),
    debt({ quantity: 150_000 }),
  )
}

describe('Aave', () => {
  it('does nothing while healthy', () => {
    const found = forecastLiquidation(example(-0.3))
    expect(found.calls).toEqual([])
    expect(found.collateral).toEqual([100])
    expect(found.debt).toEqual([150_000])
    expect(found.equity).toBeCloseTo(60_000, 6)
    expect(found.badDebt).toBe(0)
    expect(found.healthFactorAfter).toBe(found.healthFactorBefore)
    expect(forecastLiquidation(unitOf(collateral())).healthFactorBefore).toBeNull()
  })

  it('closes the whole debt below 0.95', () => {
    const found = forecastLiquidation(example(-0.45), { ...once, aave: { protocolFee: 0.1 } })
    const price = 3000 * 0.55
    const seized = (150_000 * 1.05) / price
    expect(found.healthFactorBefore).toBeCloseTo(0.913, 12)
    expect(found.calls).toHaveLength(1)
    expect(found.calls[0]!.repaid).toBeCloseTo(150_000, 6)
    expect(found.calls[0]!.seized).toBeCloseTo(seized, 9)
    expect(found.calls[0]!.protocolFee).toBeCloseTo((seized - seized / 1.05) * 0.1, 9)
    expect(found.debt).toEqual([0])
    expect(found.equity).toBeCloseTo(7500, 6)
    expect(found.healthFactorAfter).toBeNull()
    expect(found.equity).toBeCloseTo(evaluateLendingUnit(example(-0.45), POLICY).equity, 6)
  })

  it('closes half between 0.95 and 1', () => {
    const move = (150_000 * 0.97) / 0.83 / 300_000 - 1
    const [first] = forecastLiquidation(example(move), once).calls
    expect(first!.repaid).toBeCloseTo(75_000, 6)
    expect(first!.protocolFee).toBe(0)
    const [second] = forecastLiquidation(example(move), { calls: 1, aave: { version: '3.0' } }).calls
    expect(second!.repaid).toBeCloseTo(75_000, 6)
    const exactly = (150_000 * 0.95) / 0.83 / 300_000 - 1
    expect(forecastLiquidation(example(exactly - 1e-12), once).calls[0]!.repaid).toBeCloseTo(150_000, 6)
    expect(forecastLiquidation(example(exactly + 1e-9), once).calls[0]!.repaid).toBeCloseTo(75_000, 6)
  })

  it('takes half of the whole debt, from one reserve, or all of a small reserve', () => {
    const unit = (first: number, second: number) =>
      unitOf(collateral({ quantity: 12_000, liquidationThreshold: 0.97 * (10_000 / 12_000) }), [
        debt({ asset: 'A', quantity: first }),
        debt({ asset: 'B', quantity: second }),
      ])
    const big = forecastLiquidation(unit(8000, 2000), once)
    expect(big.calls[0]).toMatchObject({ debt: 0 })
    expect(big.calls[0]!.repaid).toBeCloseTo(5000, 9)
    // 1999 of B is below the small-size limit but 8001 of A costs the owner more: still half of 10,000.
    expect(forecastLiquidation(unit(1999, 8001), once).calls[0]).toMatchObject({ debt: 1 })
    // Equal losses: half of the whole either way; the first asset by name.
    expect(forecastLiquidation(unit(5000, 5000), once).calls[0]).toMatchObject({ debt: 0, repaid: 5000 })
    const each = forecastLiquidation(unit(8000, 2000), { calls: 1, aave: { version: '3.0' } })
    expect(each.calls[0]!.repaid).toBeCloseTo(4000, 9)
  })

  it('may close everything that is small', () => {
    const small = unitOf(
      collateral({ quantity: 2500, liquidationThreshold: 0.97 * (1999 / 2500) }),
      debt({ quantity: 1999 }),
    )
    expect(forecastLiquidation(small, once).calls[0]!.repaid).toBeCloseTo(1999, 9)
    expect(forecastLiquidation(small, { calls: 1, aave: { version: '3.0' } }).calls[0]!.repaid).toBeCloseTo(999.5, 9)
    const smallCollateral = unitOf(
      [
        collateral({ asset: 'A', quantity: 1999, liquidationIncentive: 1.2 }),
        collateral({ asset: 'B', quantity: 1500 }),
      ],
      debt({ quantity: 2850 }),
    )
    // Either collateral alone is below the limit: as much as it pays for.
    expect(forecastLiquidation(smallCollateral, once).calls[0]!.repaid).toBeCloseTo(1999 / 1.2, 9)
    const atLimit = unitOf(collateral({ quantity: 2500, liquidationThreshold: 0.97 * 0.8 }), debt({ quantity: 2000 }))
    expect(forecastLiquidation(atLimit, once).calls[0]!.repaid).toBeCloseTo(1000, 9)
  })

  it('leaves no dust', () => {
    const unit = (first: number, second: number, backing = 12_000) =>
      unitOf(collateral({ quantity: backing, liquidationThreshold: (0.97 * (first + second)) / backing }), [
        debt({ asset: 'A', quantity: first }),
        debt({ asset: 'B', quantity: second }),
      ])
    // Half of 10,000 would leave 500 of the 5,500: at most 4,500 may be repaid.
    expect(forecastLiquidation(unit(5500, 4500), once).calls[0]).toMatchObject({ debt: 0, repaid: 4500 })
    // Of 3,000 collateral 1,000 has to stay.
    const thin = unitOf(
      [
        collateral({ asset: 'A', quantity: 3000, liquidationIncentive: 1.1 }),
        collateral({ asset: 'B', quantity: 2200, liquidationIncentive: 1 }),
      ],
      debt({ quantity: 4200 }),
    )
    const [first] = forecastLiquidation(thin, once).calls
    expect(first).toMatchObject({ collateral: 0 })
    expect(first!.seized).toBeCloseTo(2000, 9)
    expect(forecastLiquidation(thin, { calls: 1, aave: { version: '3.0' } }).calls[0]!.repaid).toBeCloseTo(2100, 9)
  })

  it('takes the pair that costs the owner most, ties by asset', () => {
    const legs = (incentives: readonly number[], marks: readonly number[] = [1, 1]) =>
      incentives.map((liquidationIncentive, index) =>
        collateral({ asset: ['B', 'A'][index]!, quantity: 60, liquidationIncentive, markPrice: marks[index]! }),
      )
    const owed = debt({ quantity: 110 })
    const picked = (...args: Parameters<typeof legs>) =>
      forecastLiquidation(unitOf(legs(...args), owed), once).calls[0]!.collateral
    expect(picked([1.05, 1.1])).toBe(1)
    expect(picked([1.1, 1.05])).toBe(0)
    expect(picked([1.05, 1.05])).toBe(1)
    expect(picked([1.05, 1.1], [1, 0.9])).toBe(0)
    const cheapDebt = [debt({ asset: 'Y', quantity: 55 }), debt({ asset: 'X', quantity: 55, markPrice: 0.9 })]
    expect(forecastLiquidation(unitOf(legs([1.05, 1.05]), cheapDebt), once).calls[0]!.debt).toBe(1)
  })

  it('writes the deficit off once the pledge is gone, from 3.3 on', () => {
    const found = forecastLiquidation(example(-0.5))
    expect(found.collateral).toEqual([0])
    expect(found.debt).toEqual([0])
    expect(found.equity).toBe(0)
    expect(found.badDebt).toBeCloseTo(150_000 - 150_000 / 1.05, 6)
    const before = forecastLiquidation(example(-0.5), { aave: { version: '3.0' } })
    expect(before.debt[0]).toBeCloseTo(150_000 - 150_000 / 1.05, 6)
    expect(before.badDebt).toBeCloseTo(found.badDebt, 6)
    expect(before.calls).toHaveLength(1)
  })

  it('leaves what is not pledged and what has no price', () => {
    const legs = [
      collateral({ asset: 'A', quantity: 40 }),
      collateral({ asset: 'B', quantity: 30, enabled: false }),
      collateral({ asset: 'C', oraclePrice: 0, markPrice: 2, quantity: 10 }),
    ]
    const found = forecastLiquidation(unitOf(legs, debt()))
    expect(found.collateral).toEqual([0, 30, 10])
    expect(found.equity).toBeCloseTo(30 + Math.max(0, 20 - (50 - 40 / 1.05)), 9)
    expect(found.calls.every(({ collateral: leg }) => leg === 0)).toBe(true)
  })

  it('follows the calls until the unit is healthy', () => {
    const move = (150_000 * 0.97) / 0.83 / 300_000 - 1
    const found = forecastLiquidation(example(move))
    expect(found.calls.length).toBeGreaterThan(0)
    expect(found.healthFactorAfter === null || found.healthFactorAfter >= 1).toBe(true)
  })
})

describe('Morpho', () => {
  const unit = (price: number) =>
    unitOf(
      collateral({
        quantity: 100,
        price,
        liquidationThreshold: 0.86,
        maxLtv: 0.86,
        liquidationIncentive: morphoIncentive(0.86),
      }),
      debt({ quantity: 80 }),
      'morpho',
    )

  it('has its incentive by LLTV', () => {
    expect(morphoIncentive(0.86)).toBeCloseTo(1 / (0.3 * 0.86 + 0.7), 15)
    expect(morphoIncentive(0.945)).toBeCloseTo(1.016776817488561, 12)
    expect(morphoIncentive(0.385)).toBe(1.15)
    expect(morphoIncentive(0)).toBe(1.15)
  })

  it('closes everything above its LLTV and nothing at it', () => {
    expect(forecastLiquidation(unit(1)).calls).toEqual([])
    const found = forecastLiquidation(unit(0.92))
    expect(found.calls[0]!.repaid).toBe(80)
    expect(found.calls[0]!.seized).toBeCloseTo((80 * morphoIncentive(0.86)) / 0.92, 12)
    expect(found.equity).toBeCloseTo(92 - 80 * morphoIncentive(0.86), 12)
    expect(found.equity).toBeCloseTo(evaluateLendingUnit(unit(0.92), POLICY).equity, 9)
    expect(found.badDebt).toBe(0)
    expect(forecastLiquidation(unit(0.92), { calls: 0 }).calls).toEqual([])
  })

  it('shares the rest among the lenders', () => {
    const found = forecastLiquidation(unit(0.8))
    expect(found.calls[0]!.seized).toBe(100)
    expect(found.calls[0]!.repaid).toBeCloseTo(80 / morphoIncentive(0.86), 9)
    expect(found.badDebt).toBeCloseTo(80 - 80 / morphoIncentive(0.86), 9)
    expect(found.debt).toEqual([0])
    expect(found.collateral).toEqual([0])
  })

  it('has only bad debt without collateral', () => {
    const bare = forecastLiquidation(unitOf([], debt(), 'morpho'))
    expect(bare.badDebt).toBe(50)
    expect(bare.equity).toBe(0)
    const off = forecastLiquidation(unitOf(collateral({ enabled: false }), debt(), 'morpho'))
    expect([off.equity, off.badDebt, off.collateral]).toEqual([100, 50, [100]])
  })
})

describe('Comet', () => {
  const legs = [
    collateral({ asset: 'A', quantity: 60, liquidationIncentive: 1 / 0.9 }),
    collateral({ asset: 'B', quantity: 20, liquidationIncentive: 1 / 0.8, oraclePrice: 1, markPrice: 1.1 }),
  ]

  it('absorbs everything and pays the surplus in the base asset', () => {
    const found = forecastLiquidation(unitOf(legs, debt({ quantity: 65, price: 1 }), 'comet'))
    expect(found.collateral).toEqual([0, 0])
    expect(found.debt).toEqual([0])
    expect(found.surplus).toBeCloseTo(54 + 16 - 65, 12)
    expect(found.equity).toBeCloseTo(5, 12)
    expect(found.badDebt).toBe(0)
    expect(found.calls).toEqual([{ collateral: null, debt: null, repaid: 65, seized: 0, protocolFee: 0 }])
  })

  it('regression: values a surplus at the oracle’s price of the base asset, not at the par it is owed at', () => {
    const owed = debt({ quantity: 65, oraclePrice: 0.9, markPrice: 1 })
    const deeper = [{ ...legs[0]!, liquidationThreshold: 0.6 }, legs[1]!]
    const unit = unitOf(deeper, owed, 'comet')
    const found = forecastLiquidation(unit)
    const surplus = (54 + 16 - 65 * 0.9) / 0.9
    expect(found.surplus).toBeCloseTo(surplus, 12)
    expect(found.equity).toBeCloseTo(surplus * 0.9, 12)
    // The margin rule is never better: it knows the same surplus.
    expect(evaluateLendingUnit(unit, POLICY).equity).toBeLessThanOrEqual(found.equity + 1e-9)
  })

  it('bears the shortfall', () => {
    const found = forecastLiquidation(unitOf(legs, debt({ quantity: 80, oraclePrice: 1, markPrice: 1.01 }), 'comet'))
    expect(found.calls[0]!.repaid).toBeCloseTo(70, 12)
    expect(found.badDebt).toBeCloseTo(10 * 1.01, 12)
    expect(found.equity).toBe(0)
    expect(found.surplus).toBe(0)
  })

  it('does nothing while healthy, and leaves what is switched off', () => {
    expect(forecastLiquidation(unitOf(legs, debt({ quantity: 50 }), 'comet')).calls).toEqual([])
    expect(forecastLiquidation(unitOf(legs, debt({ quantity: 65 }), 'comet'), { calls: 0 }).calls).toEqual([])
    const off = forecastLiquidation(
      unitOf([legs[0]!, { ...legs[1]!, enabled: false }], debt({ quantity: 52 }), 'comet'),
    )
    expect(off.collateral).toEqual([0, 20])
    expect(off.equity).toBeCloseTo(22 + 2, 12)
  })
})

describe('properties', () => {
  it('is never worse for the owner than the margin rule, and never creates value', () => {
    fc.assert(
      fc.property(onePriceUnit, fc.constantFrom('3.0', '3.3'), (unit, version) => {
        // Comet lends one asset, Morpho against one collateral too.
        const shaped = {
          ...unit,
          collateral: unit.rule === 'morpho' ? unit.collateral.slice(0, 1) : unit.collateral,
          debt: unit.rule === 'aave' ? unit.debt : unit.debt.slice(0, 1),
        }
        const forecast = forecastLiquidation(shaped, { aave: { version: version as '3.0' | '3.3' } })
        const margin = evaluateLendingUnit(shaped, POLICY)
        const scale = 1e-8 * (1 + margin.collateralValue + margin.debtValue)
        const numbers = [forecast.equity, forecast.badDebt, forecast.surplus, ...forecast.collateral, ...forecast.debt]
        return (
          numbers.every((number) => Number.isFinite(number) && number >= 0) &&
          forecast.equity >= margin.equity - scale &&
          forecast.equity <= margin.collateralValue + scale &&
          forecast.collateral.every((quantity, leg) => quantity <= shaped.collateral[leg]!.quantity)
        )
      }),
      { numRuns: propertyRuns(1500), seed: 8 },
    )
  })
})
