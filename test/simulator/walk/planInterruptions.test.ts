import { describe, expect, it } from 'vitest'
import { planInterruptions } from '../../../simulator/walk/planInterruptions'

const count = (plan: ReturnType<typeof planInterruptions>, kind: 'reorg' | 'restart') =>
  plan.flat().filter((interruption) => interruption.kind === kind).length

describe('planInterruptions', () => {
  it('plans as many reorgs and restarts as a full run must have', () => {
    const plan = planInterruptions(500, 2)
    expect(count(plan, 'reorg')).toBeGreaterThanOrEqual(5)
    expect(count(plan, 'restart')).toBeGreaterThanOrEqual(3)
    expect(
      plan.flat().some((interruption) => interruption.kind === 'restart' && interruption.signal === 'SIGTERM'),
    ).toBe(true)
  })

  it('plans one of each for a short run', () => {
    const plan = planInterruptions(40, 2)
    expect([count(plan, 'reorg'), count(plan, 'restart')]).toEqual([1, 1])
  })

  it('gives each chain its own in order, all before the end', () => {
    for (const interruptions of planInterruptions(500, 3)) {
      const shares = interruptions.map(({ share }) => share)
      expect(shares).toEqual([...shares].sort((a, b) => a - b))
      expect(Math.max(...shares)).toBeLessThan(1)
    }
  })
})
