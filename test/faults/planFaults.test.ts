import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../devnet/random'
import { faultKinds } from '../../faults/kinds/faultKinds'
import { planFaults } from '../../faults/planFaults'

const chains = ['alpha', 'beta']
const plan = (seed: number, count: number) =>
  planFaults(count, chains, seededRandom(seed, 'plan')).map(({ name, chains: struck }) => `${name} ${struck.join()}`)

describe('which faults come', () => {
  const kinds = Object.keys(faultKinds).length

  it('is drawn from the seed', () => {
    expect(plan(3, 40)).toEqual(plan(3, 40))
    expect(plan(3, 40)).not.toEqual(plan(4, 40))
  })

  it('has every kind before any comes again', () => {
    const names = planFaults(kinds, chains, seededRandom(5, 'plan')).map(({ name }) => name)
    expect(new Set(names).size).toBe(kinds)
    expect(plan(5, 2 * kinds + 3)).toHaveLength(2 * kinds + 3)
  })
})
