import { describe, expect, it } from 'vitest'
import { marketState } from '../../../ponder.schema'
import { changeMarketParameters, changeMarketState } from '../../../src/positions/write'
import { takeAccrual } from '../../../src/protocols/aave-v3/handlers/reserveState'
import { initialParameters, initialState } from '../../../src/protocols/aave-v3/initial'
import { reserveKey } from '../../../src/protocols/aave-v3/keys'
import type { Facts } from '../../../src/runtime/facts'
import { memoryStore } from '../support/memoryStore'

const RAY = 10n ** 27n
const pool = '0x00000000000000000000000000000000000000aa'
const asset = '0x00000000000000000000000000000000000000bb'

function reserve() {
  const store = memoryStore()
  const at = (block: bigint): Facts => ({
    store,
    stamp: { chainId: 1, blockNumber: block, blockTimestamp: block * 12n },
    views: {} as Facts['views'],
  })
  const accrue = (block: bigint, borrowIndex: bigint) =>
    takeAccrual(at(block), pool, asset, {
      supplyIndex: RAY,
      borrowIndex,
      supplyRate: 0n,
      borrowRate: 0n,
      accruedAt: block * 12n,
    })
  const list = async () => {
    const parameters = { ...initialParameters, reserveFactor: 1_000n }
    await changeMarketParameters(at(1n), reserveKey(pool, asset), parameters, () => parameters)
    const state = { ...initialState(12n), accruedToTreasury: 0n, totalBorrow: 1_000n * RAY }
    await changeMarketState(at(1n), reserveKey(pool, asset), state, () => state)
  }
  const treasury = () => store.rows(marketState)[0]!.accruedToTreasury
  return { store, list, accrue, treasury }
}

describe('the treasury of a reserve', () => {
  it('has its share of the interest of a block once, however often the reserve is told of', async () => {
    const { list, accrue, treasury } = reserve()
    await list()
    for (let event = 0; event < 3; event++) await accrue(2n, RAY + RAY / 100n)
    expect(treasury()).toBe(RAY)
  })

  it('has it, too, when the block was taken back and another one of the same time has come', async () => {
    const { store, list, accrue, treasury } = reserve()
    await list()
    const takeBack = store.remember()
    await accrue(2n, RAY + RAY / 100n)
    takeBack()
    expect(treasury()).toBe(0n)
    await accrue(2n, RAY + RAY / 50n)
    expect(treasury()).toBe(2n * RAY)
  })
})
