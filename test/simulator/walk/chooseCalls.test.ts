import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../../devnet/random'
import type { Action, World } from '../../../simulator/types'
import { chooseCalls } from '../../../simulator/walk/chooseCalls'

const from = '0x00000000000000000000000000000000000000aa'
const call = (label: string) => ({ from, label }) as const
const world = (seed: number, version: '3.0' | '3.6' = '3.6') =>
  ({ random: seededRandom(seed, 'choose'), contracts: { aave: { version } } }) as unknown as World
const action = (name: string, rest: Partial<Action> = {}): Action => ({ name, propose: () => call(name), ...rest })
const chosen = async (actions: readonly Action[], seen: ReadonlyMap<string, number>, of: World, count: number) =>
  (await chooseCalls(actions, seen, of, count)).map((traced) => traced.action)

describe('chooseCalls', () => {
  it('draws the same calls from the same seed', async () => {
    const actions = ['a', 'b', 'c'].map((name) => action(name))
    const [first, second] = [
      await chosen(actions, new Map(), world(3), 9),
      await chosen(actions, new Map(), world(3), 9),
    ]
    expect(first).toEqual(second)
    expect(first).toHaveLength(9)
  })

  it('draws what was seen too rarely more often', async () => {
    const actions = [action('seen'), action('unseen')]
    const names = await chosen(actions, new Map([['seen', 9]]), world(1), 200)
    const unseen = names.filter((name) => name === 'unseen').length
    expect(unseen).toBeGreaterThan(150)
    expect(unseen).toBeLessThan(200)
  })

  it('leaves out actions of another version and those that find nothing', async () => {
    const actions = [action('old', { versions: ['3.0'] }), action('nothing', { propose: () => null }), action('new')]
    expect(new Set(await chosen(actions, new Map(), world(1), 20))).toEqual(new Set(['new']))
    expect(new Set(await chosen(actions, new Map(), world(1, '3.0'), 40))).toEqual(new Set(['old', 'new']))
  })

  it('keeps a proposal of several calls together and in order, each counted for its action', async () => {
    const several = action('several', { propose: () => [{ ...call('first'), countsAs: 'supply' }, call('second')] })
    expect(await chosen([several], new Map(), world(1), 1)).toEqual(['supply', 'several'])
  })
})
