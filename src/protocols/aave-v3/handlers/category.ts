import type { Address } from 'viem'
import { changeMarket } from '../../../positions/write'
import type { Facts } from '../../../runtime/facts'
import { initialMarket } from '../initial'
import { emodeKey, poolKey } from '../keys'

/**
 * Writes an e-mode category's own row, and in its pool's the largest id of those with a price of their own: any of 255 could be one, and looking for
 * each would be a query of the database each.
 * @param priced the asset whose source in the pool's oracle gives the price; null where the category has none.
 */
export async function changeCategory(
  facts: Facts,
  pool: Address,
  { id, label, priced }: { readonly id: number; readonly label: string; readonly priced: Address | null },
): Promise<void> {
  await changeMarket(facts, emodeKey(pool, id), initialMarket('emode', pool), () => ({
    marketIndex: id,
    label,
    token: priced,
  }))
  if (priced === null) return
  await changeMarket(facts, poolKey(pool), initialMarket('pool', pool), ({ marketIndex }) => ({
    marketIndex: Math.max(marketIndex ?? 0, id),
  }))
}
