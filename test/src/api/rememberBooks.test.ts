import { describe, expect, it } from 'vitest'
import type { Book } from '../../../src/api/computeBook'
import type { Cut } from '../../../src/api/read/cut'
import { rememberBooks } from '../../../src/api/rememberBooks'

const cutAt = (time: number, hash = `0x${time}`): Cut => ({
  time,
  chains: {
    alpha: {
      chainId: 1,
      blockNumber: '7',
      blockHash: hash as `0x${string}`,
      timestamp: time,
      finality: 'latest',
      lagSeconds: 0,
    },
  },
  excluded: [],
})
const schemas = new Map([['alpha', 'one']])

describe('books', () => {
  it('are added up once for a cut, and again for other blocks, other exclusions and another schema', async () => {
    const remember = rememberBooks()
    let computed = 0
    const ask = (cut: Cut, of = schemas) =>
      remember(cut, of, async () => ({ accounts: ++computed }) as unknown as Book).then(
        (book) => (book as unknown as { accounts: number }).accounts,
      )
    expect([await ask(cutAt(1)), await ask(cutAt(1))]).toEqual([1, 1])
    expect(await ask(cutAt(1, '0xother'))).toBe(2)
    expect(await ask(cutAt(1), new Map([['alpha', 'two']]))).toBe(3)
    const excluded = [{ chain: 'beta', reasonCode: 'CHAIN_STALE', detail: '', required: false }] as Cut['excluded']
    expect(await ask({ ...cutAt(1), excluded })).toBe(4)
    expect(await ask(cutAt(1))).toBe(1)
  })

  it('of cuts nobody asks for any more are let go; one that failed is not kept', async () => {
    const remember = rememberBooks()
    const failing = () => Promise.reject(new Error('the database is away'))
    await expect(remember(cutAt(0), schemas, failing)).rejects.toThrow('away')
    const book = (time: number) => ({ time }) as unknown as Book
    for (const time of [0, 1, 2, 3, 4]) await remember(cutAt(time), schemas, async () => book(time))
    expect(await remember(cutAt(0), schemas, async () => book(99))).toEqual({ time: 99 })
    expect(await remember(cutAt(4), schemas, failing)).toEqual({ time: 4 })
  })
})
