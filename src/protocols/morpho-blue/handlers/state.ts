/** A market's state row, as Morpho's totals. */
import { changeMarketState } from '../../../positions/write'
import type { Facts } from '../../../runtime/facts'
import type { Totals } from '../transitions'

type Key = { readonly protocol: string; readonly market: string }
type StateRow = Parameters<Parameters<typeof changeMarketState>[3]>[0]

/** A market nobody has used. */
export const initialState = (timestamp: bigint) => ({
  supplyIndex: 0n,
  borrowIndex: 0n,
  supplyRate: 0n,
  borrowRate: 0n,
  totalSupply: 0n,
  totalBorrow: 0n,
  liquidity: 0n,
  accruedAt: timestamp,
})

export function totalsOf({ supplyIndex, borrowIndex, totalSupply, totalBorrow }: StateRow): Totals {
  return { supplyAssets: supplyIndex, supplyShares: totalSupply, borrowAssets: borrowIndex, borrowShares: totalBorrow }
}

export function stateOf(totals: Totals) {
  return {
    supplyIndex: totals.supplyAssets,
    borrowIndex: totals.borrowAssets,
    totalSupply: totals.supplyShares,
    totalBorrow: totals.borrowShares,
    liquidity: totals.supplyAssets - totals.borrowAssets,
  }
}

/** Changes a market's totals by an event that has accrued the market to its block. */
export async function changeTotals(facts: Facts, key: Key, next: (totals: Totals) => Totals): Promise<void> {
  const { blockTimestamp } = facts.stamp
  await changeMarketState(facts, key, initialState(blockTimestamp), (row) => ({
    ...stateOf(next(totalsOf(row))),
    accruedAt: blockTimestamp,
  }))
}
