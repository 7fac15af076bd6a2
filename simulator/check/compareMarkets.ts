import type { ChainTruth } from '../truth/types'
import type { Drift } from '../types'
import type { MarketsBody } from './wire'

/** Every reserve's totals, indexes and oracle price: what the API says against what the contracts say. */
export function compareMarkets(truth: ChainTruth, body: MarketsBody): Drift[] {
  const drifts: Drift[] = []
  for (const reserve of truth.reserves) {
    const row = body.markets.find(
      ({ chain, protocol, token }) =>
        chain === truth.chain && protocol === 'aave-v3' && token.toLowerCase() === reserve.asset.toLowerCase(),
    )
    const pairs: readonly (readonly [string, bigint, string | null | undefined])[] = [
      ['supply index', reserve.normalizedIncome, row?.supplyIndex],
      ['borrow index', reserve.normalizedDebt, row?.borrowIndex],
      ['scaled supply', reserve.scaledSupply, row?.scaledSupply],
      ['supply', reserve.supply, row?.totalSupply],
      ['scaled debt', reserve.scaledDebt, row?.scaledBorrow],
      ['debt', reserve.debt, row?.totalBorrow],
      ['stable debt', reserve.stableDebt, row?.stableBorrow],
      ['deficit', reserve.deficit, row?.deficit ?? '0'],
      ['oracle price', reserve.price, row?.oraclePriceRaw],
    ]
    for (const [figure, expected, actual] of pairs) {
      if (String(expected) === actual) continue
      drifts.push({
        chain: truth.chain,
        block: truth.blockNumber,
        account: null,
        figure: `${reserve.asset} ${figure}`,
        expected: String(expected),
        actual: String(actual),
      })
    }
  }
  return drifts
}
