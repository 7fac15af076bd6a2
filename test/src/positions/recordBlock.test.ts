import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { recordingOnce } from '../../../src/positions/recordBlock'
import type { Insertion, Row, Store } from '../../../src/runtime/facts'

/** A store of block rows that can be taken back to what it was. */
function storeOf(rows: Map<unknown, Row>): Store & { readonly insertions: () => number } {
  let insertions = 0
  const values = (row: Row) => ({
    onConflictDoNothing: async () => {
      insertions += 1
      if (!rows.has(row.number)) rows.set(row.number, row)
    },
  })
  return {
    find: () => Promise.reject(new Error('reads nothing')),
    update: () => ({ set: () => Promise.reject(new Error('updates nothing')) }),
    insert: () => ({ values: (row) => values(row) as unknown as Insertion }),
    insertions: () => insertions,
  }
}

type Log = { readonly number: bigint; readonly hash: `0x${string}`; readonly logIndex: number }
const stampOf = ({ number }: Log) => ({ chainId: 1, blockNumber: number, blockTimestamp: number })
const logsOf = (number: number, fork: number, count: number): readonly Log[] =>
  Array.from({ length: count }, (_, logIndex) => ({ number: BigInt(number), hash: `0x${number}f${fork}`, logIndex }))

describe('recordingOnce', () => {
  it('asks for a block once, however many events it has', async () => {
    const store = storeOf(new Map())
    const record = recordingOnce()
    for (const log of [...logsOf(1, 0, 5), ...logsOf(2, 0, 3)])
      await record(store, stampOf(log), log.hash, log.logIndex)
    expect(store.insertions()).toBe(2)
  })

  it('leaves no event without its block, whatever is rolled back or reorganised', async () => {
    const attempt = fc.record({
      /** Events handled before the attempt ends. */
      events: fc.integer({ min: 1, max: 9 }),
      end: fc.constantFrom('committed', 'rolled back', 'reorganised'),
      depth: fc.integer({ min: 1, max: 3 }),
      /** A chain that was left may come back. */
      fork: fc.integer({ min: 0, max: 2 }),
    })
    const counts = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 2, maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(counts, fc.array(attempt, { maxLength: 12 }), async (logCounts, attempts) => {
        const forks = logCounts.map(() => 0)
        const chainNow = () => logCounts.flatMap((count, number) => logsOf(number, forks[number]!, count))
        let chain = chainNow()
        const rows = new Map<unknown, Row>()
        const store = storeOf(rows)
        const record = recordingOnce()
        let handled = 0
        for (const { events, end, depth, fork } of attempts) {
          const before = new Map(rows)
          const upTo = Math.min(chain.length, handled + events)
          for (const log of chain.slice(handled, upTo)) await record(store, stampOf(log), log.hash, log.logIndex)
          if (end === 'rolled back') {
            rows.clear()
            for (const [number, row] of before) rows.set(number, row)
            continue
          }
          handled = upTo
          if (end === 'reorganised') {
            const first = Math.max(0, logCounts.length - depth)
            forks.fill(fork, first)
            chain = chainNow()
            for (const number of [...rows.keys()]) if ((number as bigint) >= BigInt(first)) rows.delete(number)
            handled = Math.min(
              handled,
              chain.findIndex(({ number }) => number >= BigInt(first)),
            )
          }
          for (const { number, hash } of chain.slice(0, handled)) expect(rows.get(number)?.hash).toBe(hash)
        }
      }),
    )
  })
})
