import { describe, expect, it } from 'vitest'
import type { Book } from '../../../src/api/computeBook'
import type { Cut } from '../../../src/api/read/cut'
import type { CutWithSchemas } from '../../../src/api/read/loadEvidence'
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
const one = { schemas: new Map([['alpha', 'one']]), quarantines: new Map() }

describe('books', () => {
  it('are added up once for a cut, and again for other blocks, other exclusions, another schema, and other distrust', async () => {
    const remember = rememberBooks()
    let computed = 0
    const ask = (cut: Cut, of: Omit<CutWithSchemas, 'cut'> = one) =>
      remember({ cut, ...of }, async () => ({ accounts: ++computed }) as unknown as Book).then(
        (book) => (book as unknown as { accounts: number }).accounts,
      )
    expect([await ask(cutAt(1)), await ask(cutAt(1))]).toEqual([1, 1])
    expect(await ask(cutAt(1, '0xother'))).toBe(2)
    expect(await ask(cutAt(1), { ...one, schemas: new Map([['alpha', 'two']]) })).toBe(3)
    const excluded = [{ chain: 'beta', reasonCode: 'CHAIN_STALE', detail: '', required: false }] as Cut['excluded']
    expect(await ask({ ...cutAt(1), excluded })).toBe(4)
    const quarantines = new Map([['alpha', [{ protocol: 'wallet', detail: '' }]]])
    expect(await ask(cutAt(1))).toBe(1)
    expect(await ask(cutAt(1), { ...one, quarantines })).toBe(5)
  })

  it('of cuts nobody asks for any more are let go; one that failed is not kept', async () => {
    const remember = rememberBooks()
    const failing = () => Promise.reject(new Error('the database is away'))
    await expect(remember({ cut: cutAt(0), ...one }, failing)).rejects.toThrow('away')
    const book = (time: number) => ({ time }) as unknown as Book
    for (const time of [0, 1, 2, 3, 4]) await remember({ cut: cutAt(time), ...one }, async () => book(time))
    expect(await remember({ cut: cutAt(0), ...one }, async () => book(99))).toEqual({ time: 99 })
    expect(await remember({ cut: cutAt(4), ...one }, failing)).toEqual({ time: 4 })
  })
})
