import type { Address } from 'viem'
import type { AssetSymbol } from '../../devnet/assets'
import { contractCall } from '../../devnet/chain/contractCall'
import { readContract } from '../../devnet/chain/readContract'
import type { Call } from '../../devnet/chain/types'
import type { Preparation } from '../preparation/types'
import type { ProposedCall, World } from '../types'

/** One call while the pool sees an asset at `share` of its price, between a crash and the recovery from it in the same block. */
export async function momentaryPrice(
  world: World,
  { owner, alternativeFeeds }: Pick<Preparation, 'owner' | 'alternativeFeeds'>,
  symbol: AssetSymbol,
  share: number,
  call: Call,
): Promise<readonly ProposedCall[]> {
  const { chain, contracts } = world
  const { aave, feeds, tokens } = contracts
  const source = await readContract<Address>(chain, aave.oracle, 'getSourceOfAsset', [tokens[symbol].address])
  const own = feeds[symbol]
  const { aggregator } = source.toLowerCase() === own.proxy.address.toLowerCase() ? own : alternativeFeeds[symbol]
  const [answer, round] = await Promise.all([
    readContract<bigint>(chain, aggregator, 'latestAnswer'),
    readContract<bigint>(chain, aggregator, 'latestRound'),
  ])
  const crashed = (answer * BigInt(Math.round(share * shareUnit))) / BigInt(shareUnit)
  const submit = (after: bigint, price: bigint, countsAs: string) => ({
    ...contractCall(owner, aggregator, 'submit', [round + after, price > 0n ? price : 1n]),
    countsAs,
  })
  return [submit(1n, crashed, 'price crash'), call, submit(2n, answer, 'price recovery')]
}

const shareUnit = 1_000_000_000
