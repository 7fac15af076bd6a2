import { describe, expect, it } from 'vitest'
import { shockedVol } from '../../../engine/scenario/shockedVol'

const rule = { pivotDays: 30, floorDays: 60, shortPower: 2, longPower: 1, minimumShockedVol: 0.4 }

const at = (days: number, range: number, vol = 1) => shockedVol(vol, range, days / 365, rule)

describe('shocked volatility', () => {
  it('takes its power from the time that is left, its size from the floored one', () => {
    expect(at(30, 1)).toBeCloseTo(1 + 0.5 ** 2, 12)
    expect(at(31, 1)).toBeCloseTo(1 + 0.5, 12)
    expect(at(90, 1)).toBeCloseTo(1 + 1 / 3, 12)
  })

  it('has a minimum on the way up only, and 0 below', () => {
    expect(at(31, 1, 0.1)).toBe(0.4)
    expect(at(31, -0.5, 0.1)).toBeCloseTo(0.075, 12)
    expect(at(31, -3)).toBe(0)
    expect(at(31, 0, 0.1)).toBe(0.1)
  })
})
