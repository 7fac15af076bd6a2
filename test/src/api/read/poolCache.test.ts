import { describe, expect, it } from 'vitest'
import type { Snapshot } from '../../../../src/api/read/database'
import { createPoolCache } from '../../../../src/api/read/poolCache'

interface Tick {
  readonly pool: string
  readonly tick: number
  readonly liquidityNet: string
  readonly liquidityGross: string
  readonly blockNumber: string
}

const tick = (at: number, liquidity: string): Tick => ({
  pool: '0xp',
  tick: at,
  liquidityNet: liquidity,
  liquidityGross: liquidity,
  blockNumber: '1',
})

/** A database that has only ticks, and counts how often it is asked for them. */
function databaseOf(ticks: () => readonly Tick[]) {
  let reads = 0
  const rows = async (query: string) => {
    if (!query.includes('pool_tick')) return []
    reads++
    // Rows of a database are new objects each time.
    return ticks().map((row) => ({ ...row }))
  }
  return { snapshot: { rows } as unknown as Snapshot, reads: () => reads }
}

const at = (blockHash: string, schema = 'facts') => ({ schema, chainId: 1, blockNumber: '7', blockHash })

describe('the pools of a cut', () => {
  it('are read once per block and window', async () => {
    const read = createPoolCache()
    const { snapshot, reads } = databaseOf(() => [tick(1, '5')])
    const first = await read(snapshot, at('0x1'), 100)
    expect(await read(snapshot, at('0x1'), 100)).toBe(first)
    expect(reads()).toBe(1)
    for (const ask of [
      () => read(snapshot, at('0x2'), 100),
      () => read(snapshot, at('0x1'), 101),
      () => read(snapshot, at('0x1', 'other'), 100),
    ])
      expect(await ask()).not.toBe(first)
    expect(reads()).toBe(4)
    expect(await read(snapshot, at('0x1'), 100)).toBe(first)
    for (const hash of ['0x3', '0x4', '0x5', '0x6']) await read(snapshot, at(hash), 100)
    expect(await read(snapshot, at('0x1'), 100)).toEqual(first)
    expect(reads()).toBe(9)
  })

  it('keep the rows that did not change from one block to the next, and no other', async () => {
    const read = createPoolCache()
    let ticks = [tick(1, '5'), tick(2, '6'), tick(3, '7')]
    const { snapshot } = databaseOf(() => ticks)
    const before = (await read(snapshot, at('0x1'), 100)).poolTicks
    ticks = [tick(1, '5'), tick(2, '8'), tick(4, '7')]
    const after = (await read(snapshot, at('0x2'), 100)).poolTicks
    expect(after).toEqual(ticks)
    expect(after[0]).toBe(before[0])
    expect(after[1]).not.toBe(before[1])
  })
})
