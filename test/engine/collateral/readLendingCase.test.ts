import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { evaluateLendingUnit } from '../../../engine/collateral/evaluateLendingUnit'
import { readLendingCase } from '../../../engine/collateral/lending-case/readLendingCase'
import { morphoIncentive } from '../../../engine/collateral/morphoIncentive'
import { EngineError } from '../../../engine/errors'
import { POLICY } from './units'

const weth = { asset: 'WETH', quantity: '100', liquidationThreshold: 0.83, maxLtv: '0.8', liquidationIncentive: 1.05 }
const usdc = { asset: 'USDC', quantity: 150_000 }
const unit = { rule: 'aave', collateral: [weth], debt: [usdc] }
const prices = { WETH: 1650, USDC: '1' }

function codeOf(source: unknown): string {
  try {
    readLendingCase(source)
  } catch (error) {
    if (error instanceof EngineError) return `${error.code} ${error.pointer}`
    throw error
  }
  return 'read'
}

describe('readLendingCase', () => {
  it('reads the format of the engine', () => {
    const read = readLendingCase({ kind: 'lending', unit, prices })
    expect(read).toEqual({
      rule: 'aave',
      control: 'notice',
      unwindable: false,
      collateral: [
        {
          asset: 'WETH',
          quantity: 100,
          oraclePrice: 1650,
          markPrice: 1650,
          liquidationThreshold: 0.83,
          maxLtv: 0.8,
          liquidationIncentive: 1.05,
          enabled: true,
          withdrawable: Number.POSITIVE_INFINITY,
        },
      ],
      debt: [{ asset: 'USDC', quantity: 150_000, oraclePrice: 1, markPrice: 1 }],
    })
    expect(evaluateLendingUnit(read, POLICY).equity).toBeCloseTo(7500, 6)
  })

  it('reads the protocols’ own names', () => {
    const morpho = readLendingCase({
      unit: {
        protocol: 'morpho-blue',
        lltv: '0.86',
        collateral: { token: '0xAB', amount: 3 },
        borrow: { symbol: 'USDC', amount: 2 },
        control: 'enforceable',
        unwindable: true,
      },
      prices: { '0xab': 4, USDC: 1 },
    })
    expect(morpho).toMatchObject({ rule: 'morpho', control: 'enforceable', unwindable: true })
    expect(morpho.collateral[0]).toMatchObject({
      asset: '0xAB',
      quantity: 3,
      oraclePrice: 4,
      liquidationThreshold: 0.86,
      maxLtv: 0.86,
      liquidationIncentive: morphoIncentive(0.86),
    })
    const comet = readLendingCase({
      unit: {
        kind: 'compoundV3',
        collaterals: [
          {
            address: 'A',
            quantity: 1,
            borrowCollateralFactor: 0.8,
            liquidateCollateralFactor: 0.85,
            liquidationFactor: 0.9,
          },
        ],
        debts: [],
      },
      prices: { A: 1 },
    })
    expect(comet.collateral[0]).toMatchObject({
      maxLtv: 0.8,
      liquidationThreshold: 0.85,
      liquidationIncentive: 1 / 0.9,
    })
    expect(comet.debt).toEqual([])
    for (const [name, rule] of [
      ['aave-v3', 'aave'],
      ['aaveV3', 'aave'],
      ['morphoBlue', 'morpho'],
      ['compound', 'comet'],
      ['compound-v3', 'comet'],
      ['comet', 'comet'],
      ['morpho', 'morpho'],
    ]) {
      expect(readLendingCase({ unit: { rule: name } }).rule).toBe(rule)
    }
  })

  it('reads a bonus as well as a factor, and 1 by default', () => {
    const incentiveOf = (fields: object) =>
      readLendingCase({
        unit: { ...unit, collateral: [{ ...weth, liquidationIncentive: undefined, ...fields }] },
        prices,
      }).collateral[0]!.liquidationIncentive
    expect(incentiveOf({ liquidationBonus: 0.05 })).toBe(1.05)
    expect(incentiveOf({ bonus: '1.05' })).toBe(1.05)
    expect(incentiveOf({ incentive: 2 })).toBe(2)
    expect(incentiveOf({ incentive: 0 })).toBe(1)
    expect(incentiveOf({})).toBe(1)
    expect(incentiveOf({ liquidationFactor: 1 })).toBe(1)
  })

  it('lets the case’s prices go before those of the legs', () => {
    const read = (override: unknown, leg: object = {}) =>
      readLendingCase({
        unit: { ...unit, collateral: [{ ...weth, ...leg }] },
        prices: { USDC: 1, ...(override === undefined ? {} : { WETH: override }) },
      }).collateral[0]!
    const pair = (override: unknown, leg?: object) => [read(override, leg).oraclePrice, read(override, leg).markPrice]
    expect(pair({ oracle: 2, mark: '3' })).toEqual([2, 3])
    expect(pair({ oraclePrice: 2 })).toEqual([2, 2])
    expect(pair({ mark: 3 })).toEqual([3, 3])
    expect(pair({ oracle: 2 }, { markPrice: 5 })).toEqual([2, 5])
    expect(pair({ mark: 3 }, { oraclePrice: 5 })).toEqual([5, 3])
    expect(pair(4, { oraclePrice: 5, markPrice: 6 })).toEqual([4, 4])
    expect(pair(undefined, { price: 7 })).toEqual([7, 7])
    expect(pair(undefined, { oraclePrice: 5, markPrice: 6 })).toEqual([5, 6])
    expect(pair(undefined, { markPrice: 6 })).toEqual([6, 6])
  })

  it('reads what the market can pay out', () => {
    const withdrawableOf = (fields: object) =>
      readLendingCase({ unit: { ...unit, collateral: [{ ...weth, ...fields }] }, prices }).collateral[0]!.withdrawable
    expect(withdrawableOf({ freeLiquidity: 5 })).toBe(5)
    expect(withdrawableOf({ freeLiquidity: 5, withdrawalCap: 3 })).toBe(3)
    expect(withdrawableOf({ withdrawable: 4, liquidity: 6 })).toBe(4)
    expect(withdrawableOf({ paused: true, freeLiquidity: 5 })).toBe(0)
    expect(
      readLendingCase({ unit: { ...unit, collateral: [{ ...weth, enabled: false }] }, prices }).collateral[0]!.enabled,
    ).toBe(false)
  })

  it('takes thresholds of the unit where a leg has none, its own first', () => {
    const shared = { rule: 'aave', liquidationThreshold: 0.7, maxLtv: 0.6, liquidationBonus: 0.08 }
    const legs = [
      { asset: 'A', quantity: 1, price: 1 },
      { asset: 'B', quantity: 1, price: 1, lt: 0.5, ltv: 0.4, bonus: 0.1 },
    ]
    const read = readLendingCase({ unit: { ...shared, collateral: legs } })
    expect(
      read.collateral.map(({ liquidationThreshold, maxLtv, liquidationIncentive }) => [
        liquidationThreshold,
        maxLtv,
        liquidationIncentive,
      ]),
    ).toEqual([
      [0.7, 0.6, 1.08],
      [0.5, 0.4, 1.1],
    ])
  })

  it('names what is wrong and where', () => {
    const leg = (fields: object) => ({ unit: { ...unit, collateral: [{ ...weth, ...fields }] }, prices })
    expect(codeOf(null)).toBe('BAD_TYPE ')
    expect(codeOf({})).toBe('BAD_TYPE /unit')
    expect(codeOf({ unit: [] })).toBe('BAD_TYPE /unit')
    expect(codeOf({ unit: { rule: 'maker' } })).toBe('BAD_TYPE /unit/rule')
    expect(codeOf({ unit: { protocol: 7 } })).toBe('BAD_TYPE /unit/protocol')
    expect(codeOf({ unit: { rule: 'toString' } })).toBe('BAD_TYPE /unit/rule')
    expect(codeOf({ unit: { rule: 'aave', control: 'full' } })).toBe('BAD_TYPE /unit/control')
    expect(codeOf({ unit, prices: 5 })).toBe('BAD_TYPE /prices')
    expect(codeOf({ unit: { ...unit, collateral: ['WETH'] }, prices })).toBe('BAD_TYPE /unit/collateral/0')
    expect(codeOf({ unit: { ...unit, collateral: 'WETH' }, prices })).toBe('BAD_TYPE /unit/collateral')
    expect(codeOf(leg({ asset: undefined }))).toBe('BAD_TYPE /unit/collateral/0/asset')
    expect(codeOf(leg({ quantity: undefined }))).toBe('BAD_TYPE /unit/collateral/0/quantity')
    expect(codeOf(leg({ quantity: '1e' }))).toBe('BAD_TYPE /unit/collateral/0/quantity')
    expect(codeOf(leg({ quantity: '' }))).toBe('BAD_TYPE /unit/collateral/0/quantity')
    expect(codeOf(leg({ quantity: Number.NaN }))).toBe('BAD_TYPE /unit/collateral/0/quantity')
    expect(codeOf(leg({ quantity: '1e999' }))).toBe('BAD_TYPE /unit/collateral/0/quantity')
    expect(codeOf(leg({ quantity: -1 }))).toBe('OUT_OF_RANGE /unit/collateral/0/quantity')
    expect(codeOf(leg({ liquidationThreshold: undefined }))).toBe('BAD_TYPE /unit/collateral/0/liquidationThreshold')
    expect(codeOf(leg({ liquidationThreshold: 83 }))).toBe('OUT_OF_RANGE /unit/collateral/0/liquidationThreshold')
    expect(codeOf(leg({ maxLtv: 1.01 }))).toBe('OUT_OF_RANGE /unit/collateral/0/maxLtv')
    expect(codeOf(leg({ liquidationIncentive: 10_500 }))).toBe('OUT_OF_RANGE /unit/collateral/0/liquidationIncentive')
    expect(codeOf(leg({ liquidationFactor: 0 }))).toBe('OUT_OF_RANGE /unit/collateral/0/liquidationFactor')
    expect(codeOf(leg({ liquidationFactor: 1.1 }))).toBe('OUT_OF_RANGE /unit/collateral/0/liquidationFactor')
    expect(codeOf({ unit, prices: { USDC: 1 } })).toBe('PRICE_MISSING /prices/WETH')
    expect(codeOf({ unit, prices: { ...prices, WETH: 'x' } })).toBe('BAD_TYPE /prices/WETH')
    expect(codeOf({ unit, prices: { ...prices, WETH: { oracle: -1 } } })).toBe('OUT_OF_RANGE /prices/WETH/oracle')
    expect(codeOf({ unit, prices: { ...prices, WETH: [1] } })).toBe('BAD_TYPE /prices/WETH')
    expect(codeOf({ unit, prices })).toBe('read')
  })
})

describe('docs/vectors.md', () => {
  const text = readFileSync(new URL('../../../docs/vectors.md', import.meta.url), 'utf8')
  const example = JSON.parse(/```json\n([\s\S]*?)```/.exec(text)![1]!) as {
    cases: Record<string, Record<string, number>>[]
  }

  it('prints figures that come out', () => {
    expect(example.cases.length).toBeGreaterThan(0)
    for (const { expect: expected, ...given } of example.cases) {
      const found = evaluateLendingUnit(readLendingCase(given), POLICY) as unknown as Record<string, number>
      for (const [figure, value] of Object.entries(expected!)) expect(found[figure]).toBeCloseTo(value, 9)
    }
  })
})
