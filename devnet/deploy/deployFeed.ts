import { type Address, zeroAddress } from 'viem'
import { contractCall } from '../chain/contractCall'
import { deployContract } from '../chain/deployContract'
import type { Contract, LocalChain } from '../chain/types'
import type { compileChainlink } from '../compile/chainlink'
import type { Feed } from './types'

export type FeedArtifacts = Awaited<ReturnType<typeof compileChainlink>>

/** Decimals of every dollar feed. */
export const feedDecimals = 8

const roundTimeoutSeconds = 1800
const largestAnswer = 10n ** 18n

/**
 * Queues a FluxAggregator with one oracle, `owner`, that is paid nothing, its first answer, and the proxy before it.
 * @param firstAnswer dollars with 8 decimals.
 */
export async function deployFeed(
  chain: LocalChain,
  artifacts: FeedArtifacts,
  owner: Address,
  payment: Contract,
  description: string,
  firstAnswer: bigint,
): Promise<Feed> {
  const aggregator = await deployContract(chain, owner, artifacts.FluxAggregator, [
    payment.address,
    0n,
    roundTimeoutSeconds,
    zeroAddress,
    1n,
    largestAnswer,
    feedDecimals,
    description,
  ])
  await chain.send(contractCall(owner, aggregator, 'changeOracles', [[], [owner], [owner], 1, 1, 0]))
  await chain.send(contractCall(owner, aggregator, 'submit', [1n, firstAnswer]))
  const proxy = await deployContract(chain, owner, artifacts.EACAggregatorProxy, [aggregator.address, zeroAddress])
  return { proxy, aggregator }
}
