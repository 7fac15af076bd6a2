import { describe, expect, it } from 'vitest'
import { CallBudget } from '../../audit/CallBudget'

describe('the budget of calls', () => {
  it('keeps the mean at its bound, however much a round costs', () => {
    let now = 0
    const budget = new CallBudget(60, () => now)
    for (const calls of [1, 500, 12, 90]) now += budget.spend(calls)
    expect(now).toBe((603 / 60) * 60_000)
    for (let round = 0; round < 100; round++) {
      now += budget.spend(10)
      expect(budget.measured()).toBeLessThanOrEqual(60 + 10)
    }
    expect(budget.measured()).toBeCloseTo(60, 0)
  })

  it('counts the first minute whole, and forgets what is long ago', () => {
    let now = 0
    const budget = new CallBudget(60, () => now)
    budget.spend(30)
    expect(budget.measured()).toBe(30)
    now = 10 * 60_000
    expect(budget.measured()).toBe(0)
  })
})
