import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { agedWeights } from '../../../../engine/measures/tail/agedWeights'
import { filteredMoves } from '../../../../engine/measures/tail/filteredMoves'
import { flooredMoves } from '../../../../engine/measures/tail/flooredMoves'
import { historicalMoves } from '../../../../engine/measures/tail/historicalMoves'
import { flooredVariance } from '../../../../engine/measures/volatility/flooredVariance'
import { gap, runs } from '../property'

const returns = fc.double({ min: -0.99, max: 3, noNaN: true })

describe('agedWeights', () => {
  it('lets each older observation weigh decay times the next', () => {
    expect(Array.from(agedWeights(3, 0.5))).toEqual([1 / 7, 2 / 7, 4 / 7])
    expect(Array.from(agedWeights(1, 0.98))).toEqual([1])
  })

  it('refuses impossible parameters', () => {
    expect(() => agedWeights(0, 0.5)).toThrow('/count: give a value that is an integer of at least 1')
    expect(() => agedWeights(1.5, 0.5)).toThrow('/count')
    expect(() => agedWeights(3, 1)).toThrow('/decay')
  })
})

describe('historicalMoves', () => {
  it('is the past itself for one interval', () => {
    expect(
      historicalMoves([
        [0.1, -0.2],
        [0, 0.3],
      ]).map((row) => Array.from(row)),
    ).toEqual([
      [0.1, -0.2],
      [0, 0.3],
    ])
  })

  it('compounds overlapping windows', () => {
    const [moves] = historicalMoves([[0.5, -0.5, 1, -1]], 2)
    expect(Array.from(moves!)).toEqual([-0.25, 0, -1])
    expect(Array.from(historicalMoves([[0.5, -0.5, 1]], 3)[0]!)).toEqual([0.5])
  })

  it('keeps every move at or above −1 and one per window', () => {
    const series = fc.array(returns, { minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(series, fc.integer({ min: 1, max: 30 }), (values, intervals) => {
        fc.pre(intervals <= values.length)
        const moves = historicalMoves([values], intervals)[0]!
        expect(moves).toHaveLength(values.length - intervals + 1)
        expect(moves.every((move) => move >= -1)).toBe(true)
      }),
      runs,
    )
  })

  it('refuses what cannot be compounded', () => {
    expect(() => historicalMoves([])).toThrow('/returns: give at least 1')
    expect(() => historicalMoves([[0.1], [0.1, 0.2]])).toThrow('/returns/1: give 1 elements')
    expect(() => historicalMoves([[0.1]], 2)).toThrow('/returns/0: give at least 2 observations')
    expect(() => historicalMoves([[0.1, -1.01]])).toThrow('/returns/0/1: give a value of at least −1')
    expect(() => historicalMoves([[0.1, Number.NaN]])).toThrow('/returns/0/1')
    expect(() => historicalMoves([[0.1]], 0)).toThrow('/intervals')
    expect(() => historicalMoves([[0.1, 1e7]])).toThrow('/returns/0/1')
  })

  it('stays finite where growth overflows, and falls to nothing after it', () => {
    const boom = new Array<number>(60).fill(1e6)
    expect(Array.from(historicalMoves([boom], 60)[0]!)).toEqual([Number.MAX_VALUE])
    expect(Array.from(historicalMoves([[...boom, -1]], 61)[0]!)).toEqual([-1])
  })
})

describe('filteredMoves', () => {
  it('rescales each log return from the volatility of its day to that of today', () => {
    const series = [0.01, -0.02, 0.05]
    const logs = series.map((r) => Math.log(1 + r))
    // Backcast with weights 0.94^t, then σ²ₜ = 0.94 σ²ₜ₋₁ + 0.06 r²ₜ₋₁.
    const weights = [1, 0.94, 0.94 * 0.94]
    const start = logs.reduce((sum, r, t) => sum + weights[t]! * r * r, 0) / weights.reduce((a, b) => a + b)
    const variance = [start]
    for (const r of logs) variance.push(0.94 * variance.at(-1)! + 0.06 * r * r)
    const expected = logs.map((r, t) => Math.exp(r * Math.sqrt(variance[3]! / variance[t]!)) - 1)
    for (const [t, move] of filteredMoves([series])[0]!.entries()) expect(move).toBeCloseTo(expected[t]!, 14)

    const target = 0.09
    const scaled = logs.map((r, t) => Math.exp(r * Math.sqrt(target / variance[t]!)) - 1)
    const onTarget = filteredMoves([series], { targetVariance: [target], maxScale: 50 })[0]!
    for (const [t, move] of onTarget.entries()) expect(move).toBeCloseTo(scaled[t]!, 13)
    const slow = filteredMoves([series], { lambda: 0.97 })[0]!
    expect(slow[2]).not.toBe(expected[2])
  })

  it('filters each asset by itself and to its own target', () => {
    const both = filteredMoves(
      [
        [0.01, 0.02],
        [0.1, -0.1],
      ],
      { targetVariance: [0.01, 0.04] },
    )
    expect(both[0]).toEqual(filteredMoves([[0.01, 0.02]], { targetVariance: [0.01] })[0])
    expect(both[1]).toEqual(filteredMoves([[0.1, -0.1]], { targetVariance: [0.04] })[0])
  })

  it('does not blow up a depeg that follows long calm', () => {
    const depeg = [...new Array<number>(200).fill(1e-6), -0.1]
    const last = (options = {}) => filteredMoves([depeg], options)[0]!.at(-1)!
    expect(last()).toBeCloseTo(0.9 ** 5 - 1, 12)
    expect(last({ maxScale: 2 })).toBeCloseTo(0.9 ** 2 - 1, 12)
    expect(filteredMoves([depeg.map((r) => -r)])[0]!.at(-1)!).toBeCloseTo(1.1 ** 5 - 1, 12)
  })

  it('leaves a constant price constant, also under a target', () => {
    expect(Array.from(filteredMoves([[0, 0, 0]])[0]!)).toEqual([0, 0, 0])
    expect(Array.from(filteredMoves([[0, 0]], { targetVariance: [0.01] })[0]!)).toEqual([0, 0])
  })

  it('keeps the sign of every move, stays above −1 and finite', () => {
    const series = fc.array(fc.oneof(returns, fc.constant(0)), { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(series, (values) => {
        const moves = filteredMoves([values])[0]!
        const bad = Array.from(moves).filter(
          (move, t) =>
            !(Number.isFinite(move) && move >= -1) ||
            (Math.abs(values[t]!) > 1e-12 && Math.sign(move) !== Math.sign(values[t]!)),
        )
        expect(bad).toEqual([])
      }),
      runs,
    )
  })

  it('moves with the square root of the target variance, in logarithms', () => {
    const series = fc.array(fc.double({ min: 0.1, max: 0.2, noNaN: true }), { minLength: 2, maxLength: 20 })
    fc.assert(
      fc.property(series, (values) => {
        const once = filteredMoves([values], { targetVariance: [1e-4] })[0]!
        const twice = filteredMoves([values], { targetVariance: [4e-4] })[0]!
        expect(Math.max(...twice.map((move, t) => gap(1 + move, (1 + once[t]!) * (1 + once[t]!))))).toBeLessThan(1e-12)
      }),
      runs,
    )
  })

  it('refuses what cannot be filtered', () => {
    expect(() => filteredMoves([[0.1, -1]])).toThrow('/returns/0/1: give a value above −1')
    expect(() => filteredMoves([[0.1, -1.5]])).toThrow('/returns/0/1')
    expect(() => filteredMoves([[]])).toThrow('/returns/0: give at least 1')
    expect(() => filteredMoves([[0.1]], { targetVariance: [] })).toThrow('/targetVariance: give 1 elements')
    expect(() => filteredMoves([[0.1]], { targetVariance: [-1] })).toThrow('/targetVariance/0')
    expect(() => filteredMoves([[0.1]], { lambda: 1 })).toThrow('/lambda')
    expect(() => filteredMoves([[0.1]], { maxScale: 0 })).toThrow('/maxScale: give a value above 0')
    expect(() => filteredMoves([[0.1]], { maxScale: 51 })).toThrow('/maxScale: give a value of at most 50')
    expect(() => filteredMoves([[1.1e6]])).toThrow('/returns/0/0: give a value of at most 1000000 in size')
  })
})

describe('flooredMoves', () => {
  const crash = [-0.3, 0.2, -0.1, ...new Array<number>(200).fill(0.001), -0.02]

  it('rescales to the floored variance of the log returns', () => {
    const { variance } = flooredVariance(crash.map((r) => Math.log(1 + r)))
    const expected = filteredMoves([crash], { targetVariance: [variance] })[0]!
    for (const [t, move] of flooredMoves([crash])[0]!.entries()) expect(move).toBeCloseTo(expected[t]!, 12)
  })

  it('uses its parameters for filter and target', () => {
    const parameters = { fastLambda: 0.9, slowLambda: 0.95, stressShare: 0.5, stressWindow: 3 }
    const { variance } = flooredVariance(
      crash.map((r) => Math.log(1 + r)),
      parameters,
    )
    const expected = filteredMoves([crash], { lambda: 0.9, targetVariance: [variance] })[0]!
    for (const [t, move] of flooredMoves([crash], parameters)[0]!.entries()) expect(move).toBeCloseTo(expected[t]!, 12)
  })

  it('is never milder than plain filtering', () => {
    const series = fc.array(returns, { minLength: 1, maxLength: 60 })
    fc.assert(
      fc.property(series, (values) => {
        const plain = filteredMoves([values])[0]!
        const floored = flooredMoves([values])[0]!
        expect(
          Math.min(...floored.map((move, t) => Math.abs(move) - Math.abs(plain[t]!) * (1 - 1e-9))),
        ).toBeGreaterThan(-1e-12)
      }),
      runs,
    )
  })

  it('refuses what cannot be filtered', () => {
    expect(() => flooredMoves([[0.1, -1]])).toThrow('/returns/0/1: give a value above −1')
    expect(() => flooredMoves([])).toThrow('/returns')
  })
})
