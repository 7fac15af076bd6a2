import type { Address } from 'viem'
import { chainlinkAggregatorAbi as abi } from '../../../abis/chainlink/aggregator'
import type { Views } from '../../runtime/facts'

export type FeedDescription = { readonly decimals: number; readonly base: string; readonly quote: string }

/**
 * What a price source says of itself. "ETH / USD" gives base and quote; both are empty when it says nothing of that form.
 * Decimals of a source that has none are 8, Aave's convention for USD sources.
 */
export async function readFeedDescription(
  views: Views,
  address: Address,
  blockNumber?: bigint,
): Promise<FeedDescription> {
  const read = { address, abi, blockNumber } as const
  const decimals = await views.readContract({ ...read, functionName: 'decimals' }).catch(() => 8)
  const description = await views.readContract({ ...read, functionName: 'description' }).catch(() => '')
  const [base, quote] = /^\s*(\S+)\s*\/\s*(\S+)\s*$/.exec(description)?.slice(1) ?? ['', '']
  return { decimals, base: base ?? '', quote: quote ?? '' }
}

/** A proxy's round number carries its phase in the upper bits; the aggregator's own is in the lower 64. */
export function aggregatorRound(round: bigint): bigint {
  return BigInt.asUintN(64, round)
}
