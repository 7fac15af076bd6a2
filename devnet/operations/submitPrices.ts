import type { Address } from 'viem'
import { assetSymbols } from '../assets'
import { contractCall } from '../chain/contractCall'
import { readContract } from '../chain/readContract'
import type { LocalChain } from '../chain/types'
import type { ByAsset, Feed } from '../deploy/types'

/**
 * Queues one new round on every feed whose price is given.
 * @param prices dollars with 8 decimals.
 */
export async function submitPrices(
  chain: LocalChain,
  feeds: ByAsset<Feed>,
  oracle: Address,
  prices: Partial<ByAsset<bigint>>,
): Promise<void> {
  for (const symbol of assetSymbols) {
    const price = prices[symbol]
    if (price === undefined) continue
    const { aggregator } = feeds[symbol]
    const round = await readContract<bigint>(chain, aggregator, 'latestRound')
    await chain.send(contractCall(oracle, aggregator, 'submit', [round + 1n, price]))
  }
}
