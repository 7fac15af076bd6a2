import type { Address, PublicClient } from 'viem'
import { chainlinkAggregatorAbi as abi } from '../../../abis/chainlink/aggregator'
import type { ResolveContext } from '../protocol'
import { aggregatorRound, readFeedDescription } from './readFeed'
import type { Answer, Phase, ResolvedChainlink, ResolvedFeed } from './types'

type FeedConfig = ResolveContext['config']['chainlink'][number]

/** A configured price source cannot be read. */
export class FeedError extends Error {
  override readonly name = 'FeedError'
}

/** Finds the aggregators of every configured proxy and of every price source another protocol uses. */
export async function resolveChainlink(context: ResolveContext): Promise<ResolvedChainlink> {
  const { client, config, head, pollFrom, startOf, priceSources } = context
  const configured = new Map(config.chainlink.map((feed) => [feed.proxy, feed]))
  const sources = [...new Set([...configured.keys(), ...priceSources.keys()])].sort()
  const startBlock = Math.min(startOf('chainlink'), ...[...priceSources.values()].map((used) => used.startBlock))
  const feeds = await Promise.all(
    sources.map((source) => resolveFeed(client, source, configured.get(source), startBlock, head)),
  )
  return { feeds, pollFrom }
}

async function resolveFeed(
  client: PublicClient,
  feed: Address,
  config: FeedConfig | undefined,
  startBlock: number,
  head: number,
): Promise<ResolvedFeed> {
  const atHead = BigInt(head)
  if (config !== undefined)
    await client.readContract({ address: feed, abi, functionName: 'decimals' }).catch(unreadable)
  const description = await readFeedDescription(client, feed, atHead)
  return {
    feed,
    base: config?.base ?? description.base,
    quote: config?.quote ?? description.quote,
    decimals: description.decimals,
    heartbeat: config?.heartbeatSeconds ?? 0,
    startBlock,
    phases: await findPhases(client, feed, startBlock, head),
  }

  function unreadable(): never {
    throw new FeedError(`chainlink proxy ${feed} does not answer decimals(); check the address and the chain's rpc.`)
  }
}

/**
 * The aggregators a proxy has used since `start`, by bisection: replacing one emits no event. Each replacement takes about log2(head − start)
 * calls at old blocks. Assumes that no aggregator is taken back into use between two blocks compared.
 */
async function findPhases(client: PublicClient, feed: Address, start: number, head: number): Promise<Phase[]> {
  const aggregatorAt = (block: number): Promise<Address | null> =>
    client
      .readContract({ address: feed, abi, functionName: 'aggregator', blockNumber: BigInt(block) })
      .then((address) => address.toLowerCase() as Address)
      .catch(() => null)

  const before = Math.max(start - 1, 0)
  const [first, last] = await Promise.all([aggregatorAt(before), aggregatorAt(head)])
  const switches: { block: number; from: Address | null; to: Address }[] = []
  const search = async (low: number, atLow: Address | null, high: number, atHigh: Address | null): Promise<void> => {
    if (atLow === atHigh) return
    if (high - low <= 1) {
      if (atHigh !== null) switches.push({ block: high, from: atLow, to: atHigh })
      return
    }
    const middle = Math.floor((low + high) / 2)
    const atMiddle = await aggregatorAt(middle)
    await search(low, atLow, middle, atMiddle)
    await search(middle, atMiddle, high, atHigh)
  }
  await search(before, first, head, last)

  const phases: Phase[] = []
  if (first !== null)
    phases.push({ aggregator: first, fromBlock: before, opening: await openingAt(client, feed, before) })
  for (const { block, from, to } of switches) {
    phases.push({ aggregator: to, fromBlock: block, opening: from && (await openingAt(client, feed, block)) })
  }
  return phases
}

async function openingAt(client: PublicClient, feed: Address, block: number): Promise<Phase['opening']> {
  const blockNumber = BigInt(block)
  try {
    const [answer, { timestamp }] = await Promise.all([
      readAnswer(client, feed, blockNumber),
      client.getBlock({ blockNumber }),
    ])
    return { ...answer, blockTimestamp: String(timestamp) }
  } catch {
    return null
  }
}

async function readAnswer(client: PublicClient, feed: Address, blockNumber: bigint): Promise<Answer> {
  const read = { address: feed, abi, blockNumber, functionName: 'latestRoundData' } as const
  const [round, answer, , updatedAt] = await client.readContract(read)
  return { round: String(aggregatorRound(round)), answer: String(answer), updatedAt: String(updatedAt) }
}
