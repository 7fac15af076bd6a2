import { describe, expect, it } from 'vitest'
import { skewedVol } from '../../../engine/scenario/shockedVol'
import type { SkewShock } from '../../../engine/types'

const rule: SkewShock = {
  linear: { base: 0.3, slope: -0.1 },
  abs: { base: 0.1, slope: 0.05 },
  minimumWidth: 0.01,
  width: 2,
  widthStatic: 0.5,
  widthSlope: -0.1,
}

/** At four years √t = 2: caps of 0.1 and 0.2, k* = 2 · 2 · (0.5 − 0.2) = 1.2. */
const at = (kind: 'linear' | 'abs', moneyness: number, years = 4) =>
  skewedVol(0.5, kind, 1_000 * Math.exp(moneyness), 1_000, years, rule)

describe('skewed volatility', () => {
  it('moves with the logarithm of strike over forward up to a cap', () => {
    expect(at('linear', 0.6)).toBeCloseTo(0.5 * (1 + 0.1 / 2), 12)
    expect(at('linear', 1.2)).toBeCloseTo(0.5 * 1.1, 12)
    expect(at('linear', 3)).toBeCloseTo(0.5 * 1.1, 12)
    expect(at('linear', -0.6)).toBeCloseTo(0.5 * (1 - 0.1 / 2), 12)
    expect(at('linear', -3)).toBeCloseTo(0.5 * 0.9, 12)
    expect(at('linear', 0)).toBe(0.5)
  })

  it('moves up on both sides where the distance is absolute', () => {
    expect(at('abs', 0.6)).toBeCloseTo(0.5 * (1 + 0.2 / 2), 12)
    expect(at('abs', -0.6)).toBeCloseTo(0.5 * (1 + 0.2 / 2), 12)
    expect(at('abs', -9)).toBeCloseTo(0.5 * 1.2, 12)
  })

  it('is never wider than the minimum width, nor below 0', () => {
    // √t = 0.0001: k* would be 0.0001, so it is 0.01.
    expect(at('linear', 0.005, 1e-8)).toBeCloseTo(0.5 * (1 + (0.3 - 1e-5) / 2), 12)
    const steep = { ...rule, linear: { base: 3, slope: 0 } }
    expect(skewedVol(0.5, 'linear', 100, 1_000, 4, steep)).toBe(0)
  })

  it('turns round where the cap is negative', () => {
    // Sixteen years: a cap of −0.1, k* = 2 · 4 · 0.1.
    expect(at('linear', 0.4, 16)).toBeCloseTo(0.5 * (1 - 0.1), 12)
    expect(at('linear', -0.4, 16)).toBeCloseTo(0.5 * (1 + 0.1), 12)
  })
})
