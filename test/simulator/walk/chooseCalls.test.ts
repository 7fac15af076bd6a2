import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../../devnet/random'
import type { Action, World } from '../../../simulator/types'
import { chooseCalls, type Dues } from '../../../simulator/walk/chooseCalls'

const from = '0x00000000000000000000000000000000000000aa'
const call = (label: string) => ({ from, label }) as const
const world = (seed: number, version: '3.0' | '3.6' = '3.6') =>
  ({ random: seededRandom(seed, 'choose'), contracts: { aave: { version } } }) as unknown as World
const action = (name: string, rest: Partial<Action> = {}): Action => ({ name, propose: () => call(name), ...rest })
const dues = (shortfalls: Record<string, number> = {}, operationsLeft = 1_000): Dues => ({
  shortfalls: new Map(Object.entries(shortfalls)),
  operationsLeft,
})
const chosen = async (actions: readonly Action[], due: Dues, of: World, count: number) =>
  (await chooseCalls(actions, due, of, count)).map((traced) => traced.action)

describe('chooseCalls', () => {
  it('draws the same calls from the same seed', async () => {
    const actions = ['a', 'b', 'c'].map((name) => action(name))
    const [first, second] = [await chosen(actions, dues(), world(3), 9), await chosen(actions, dues(), world(3), 9)]
    expect(first).toEqual(second)
    expect(first).toHaveLength(9)
  })

  it('draws what was seen too rarely more often', async () => {
    const actions = [action('seen'), action('unseen')]
    const names = await chosen(actions, dues({ unseen: 1 }), world(1), 200)
    const unseen = names.filter((name) => name === 'unseen').length
    expect(unseen).toBeGreaterThan(150)
    expect(unseen).toBeLessThan(200)
  })

  it('draws nothing but what is missing once the operations left would hardly suffice', async () => {
    const actions = [action('seen'), action('unseen')]
    expect(new Set(await chosen(actions, dues({ unseen: 3 }, 4), world(1), 50))).toEqual(new Set(['unseen']))
    expect(new Set(await chosen(actions, dues({ unseen: 3 }, 100), world(1), 50)).size).toBe(2)
    expect(new Set(await chosen(actions, dues({ unseen: 1 }, -5), world(1), 50))).toEqual(new Set(['unseen']))
  })

  it('opens the way for what is urgent and does not fit, counted for what that is', async () => {
    const openWay = () => [{ ...call('help'), countsAs: 'other' }]
    const actions = [action('unfit', { propose: () => null, openWay }), action('other')]
    expect(await chosen(actions, dues({ unfit: 1 }, 1), world(1), 2)).toEqual(['other', 'other'])
    expect(new Set(await chosen(actions, dues({ unfit: 1 }), world(1), 20))).toEqual(new Set(['other']))
  })

  it('begins with what mends the walk, urgent or not', async () => {
    const actions = [action('plain'), action('mend', { comesFirst: true })]
    expect((await chosen(actions, dues(), world(1), 3))[0]).toBe('mend')
    expect((await chosen(actions, dues({ plain: 9 }, 1), world(1), 3))[0]).toBe('mend')
  })

  it('leaves out actions of another version and those that find nothing', async () => {
    const actions = [action('old', { versions: ['3.0'] }), action('nothing', { propose: () => null }), action('new')]
    expect(new Set(await chosen(actions, dues(), world(1), 20))).toEqual(new Set(['new']))
    expect(new Set(await chosen(actions, dues(), world(1, '3.0'), 40))).toEqual(new Set(['old', 'new']))
  })

  it('keeps a proposal of several calls together and in order, each counted for its action', async () => {
    const several = action('several', { propose: () => [{ ...call('first'), countsAs: 'supply' }, call('second')] })
    const supply = action('supply', { versions: ['3.0'] })
    expect(await chosen([several, supply], dues(), world(1), 1)).toEqual(['supply', 'several'])
  })

  it('refuses what counts as something that nobody has a quota of (seed 11 of twenty ended with 4 of 5)', async () => {
    const claim = action('claim', { propose: () => [{ ...call('fulfil'), countsAs: 'fulfil' }, call('redeem')] })
    await expect(chosen([claim], dues(), world(1), 1)).rejects.toThrow('counts as "fulfil", which is no action')
  })
})
