import { describe, expect, it } from 'vitest'
import type { Action } from '../../../simulator/types'
import { quotasOf, shortfallsOf, wantedOf } from '../../../simulator/walk/quotas'

const action = (name: string, versions?: Action['versions']): Action => ({
  name,
  propose: () => null,
  ...(versions && { versions }),
})
const actions = [action('common'), action('old', ['3.0']), action('new', ['3.6']), action('both', ['3.0'])]
const all = [...actions, action('both', ['3.6'])]

describe('quotas', () => {
  it('are five of each action from 500 operations on, fewer before', () => {
    expect([40, 100, 300, 499, 500, 5_000].map(wantedOf)).toEqual([0, 1, 3, 4, 5, 5])
  })

  it('are shared by the chains that know an action, neither more nor less together', () => {
    const quotas = (index: number) => Object.fromEntries(quotasOf(all, index, ['3.6', '3.0'], 500))
    expect(quotas(0)).toEqual({ common: 3, new: 5, both: 2 })
    expect(quotas(1)).toEqual({ common: 2, old: 5, both: 3 })
    expect(quotasOf(all, 0, ['3.6'], 500).get('common')).toBe(5)
    const three = [0, 1, 2].map((index) => quotasOf(all, index, ['3.6', '3.0', '3.6'], 500).get('common'))
    expect(three).toEqual([2, 2, 1])
  })

  it('are missing as much as has not been seen', () => {
    const quotas = new Map(Object.entries({ a: 3, b: 2, c: 0 }))
    expect(shortfallsOf(quotas, new Map([['a', 1]]))).toEqual(new Map(Object.entries({ a: 2, b: 2 })))
    expect(shortfallsOf(quotas, new Map(Object.entries({ a: 4, b: 2 })))).toEqual(new Map())
  })
})
