import { type Address, getAbiItem, type Hex, type PublicClient } from 'viem'
import { morphoBlueAbi } from '../../../abis/morpho-blue/morpho'

/** A chain's start must not wait for years of logs. */
const MOST_REQUESTS = 200

const event = getAbiItem({ abi: morphoBlueAbi, name: 'CreateMarket' })

/** The ids of all markets created from the contract's own start to a block; null where that would take too many questions, or the node refuses. */
export async function listMarkets(
  client: PublicClient,
  { morpho, first, last, range }: { morpho: Address; first: number; last: number; range: number },
): Promise<readonly Hex[] | null> {
  if ((last - first + 1) / range > MOST_REQUESTS) return null
  const ids: Hex[] = []
  for (let from = first; from <= last; from += range) {
    const toBlock = BigInt(Math.min(from + range - 1, last))
    const logs = await client
      .getLogs({ address: morpho, event, fromBlock: BigInt(from), toBlock, strict: true })
      .catch(() => null)
    if (logs === null) return null
    ids.push(...logs.map(({ args }) => args.id))
  }
  return ids
}
