import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { marketState, marketStateHistory, position, positionHistory } from '../../../ponder.schema'
import { changeMarketState, changePosition } from '../../../src/positions/write'
import { initialState } from '../../../src/protocols/aave-v3/initial'
import type { Facts } from '../../../src/runtime/facts'
import { memoryStore } from '../support/memoryStore'

const factsAt = (store: Facts['store'], block: number): Facts => ({
  store,
  stamp: { chainId: 1, blockNumber: BigInt(block), blockTimestamp: BigInt(block * 12) },
  views: {} as Facts['views'],
})

/** How much is added in each change, block by block. */
const blocks = fc.array(fc.array(fc.bigInt({ min: 0n, max: 9n }), { maxLength: 4 }), { maxLength: 6 })
const sum = (amounts: readonly bigint[]) => amounts.reduce((total, amount) => total + amount, 0n)

describe('a changed fact', () => {
  it('has a current row and one row of history for each block in which it changed', async () => {
    await fc.assert(
      fc.asyncProperty(blocks, async (changes) => {
        const store = memoryStore()
        const key = { protocol: 'p', market: 'm' }
        const held = { ...key, account: '0xa', side: 'supply' } as const
        for (const [block, amounts] of changes.entries()) {
          const facts = factsAt(store, block)
          for (const amount of amounts) {
            await changeMarketState(facts, key, initialState(0n), ({ liquidity }) => ({
              liquidity: liquidity + amount,
            }))
            await changePosition(facts, held, { raw: 0n }, ({ raw }) => ({ raw: raw + amount }))
          }
        }
        const expected = changes.flatMap((amounts, block) =>
          amounts.length === 0 ? [] : [[BigInt(block), sum(changes.slice(0, block + 1).flat())]],
        )
        const found = (table: typeof positionHistory | typeof marketStateHistory, column: string) =>
          store.rows(table).map((row) => [row.blockNumber, row[column]])
        expect(found(marketStateHistory, 'liquidity')).toEqual(expected)
        expect(found(positionHistory, 'raw')).toEqual(expected)
        expect(store.rows(marketState)).toEqual(store.rows(marketStateHistory).slice(-1))
        expect(store.rows(position)).toEqual(store.rows(positionHistory).slice(-1))
      }),
    )
  })

  it('does not take another failure of the store for a row that is not there', async () => {
    const store = memoryStore()
    const broken = { ...store, update: () => ({ set: () => Promise.reject(new Error('database gone')) }) }
    const change = changeMarketState(factsAt(broken, 1), { protocol: 'p', market: 'm' }, initialState(0n), () => ({}))
    await expect(change).rejects.toThrow('database gone')
    expect(store.rows(marketState)).toEqual([])
  })
})
