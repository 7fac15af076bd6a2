import type { Address, PublicClient } from 'viem'
import type { ChainConfig } from '../config/schema'
import { commonStart } from './protocols/commonStart'
import { type EntryKey, entryKeys } from './protocols/entries'
import type { PriceSource, ResolveContext } from './protocols/protocol'
import { type ResolvedProtocols, resolveProtocols } from './protocols/registry'

/** How many blocks before the head are written one by one, so that a cut finds its block on a quiet chain too. */
const WATCHED_BLOCKS = 256
/** A chain with fewer blocks than this since its start is watched from the start. */
const SHORT_CHAIN_BLOCKS = 5000

const CANONICAL_MULTICALL3 = '0xca11bde05977b3631167028862be2a173976ca11'

type BlockReference = { readonly number: number; readonly timestamp: number }

/** Everything the configuration leaves to the chain, found once and then kept for the life of a schema. Plain JSON. */
export type ResolvedChain = ResolvedProtocols & {
  readonly chainId: number
  /** Newest block when the chain was first indexed. */
  readonly head: BlockReference
  /** The block before the first indexed one: what stood already is stamped with it. */
  readonly origin: BlockReference
  /** First block from which every block has a row. */
  readonly watchFrom: number
  /** Where many views are read in one call; null where the chain has no Multicall3. */
  readonly multicall3: Address | null
}

/** The node answers for another chain than the configuration says. */
export class WrongChainError extends Error {
  override readonly name = 'WrongChainError'
}

/** A chain's configuration with the block its index begins at: `tip` has been resolved, once and for all. */
export type StartedConfig = ChainConfig & { readonly startBlock: number }

/**
 * Asks the chain for what the configuration leaves open: proxies behind providers, aggregators behind feeds, assets and decimals.
 * @throws WrongChainError when the node's chain id differs; AaveV3DeploymentError, FeedError, PoolError, VaultError when a configured address is not what
 * it should be; viem's errors when the node does not answer.
 */
export async function resolveChain(config: StartedConfig, client: PublicClient): Promise<ResolvedChain> {
  const chainId = await client.getChainId()
  if (chainId !== config.chainId)
    throw new WrongChainError(
      `${config.rpc[0]} serves chain ${chainId}, the configuration says ${config.chainId}; correct chainId or rpc.`,
    )
  const head = await blockAt(client, 'latest')
  const startOf = (kind: EntryKey): number => commonStart(config, kind)
  const start = Math.min(...entryKeys.map(startOf), head.number)
  const watchFrom = head.number - start < SHORT_CHAIN_BLOCKS ? start : head.number - WATCHED_BLOCKS

  const multicall3 = await findMulticall3(client, config.multicall3)
  // Without Multicall3 a poll is a call per source, some of which may not exist yet: then only new blocks are polled.
  const pollFrom =
    multicall3 === null ? head.number : await firstBlockWithCode(client, multicall3, watchFrom, head.number)

  const context: ResolveContext = {
    client,
    config,
    head: head.number,
    multicall3,
    pollFrom,
    startOf,
    priceSources: new Map<Address, PriceSource>(),
  }
  return {
    chainId,
    head,
    origin: await blockAt(client, BigInt(Math.max(start - 1, 0))),
    watchFrom,
    multicall3,
    ...(await resolveProtocols(context)),
  }
}

async function blockAt(client: PublicClient, block: bigint | 'latest'): Promise<BlockReference> {
  const { number, timestamp } = await client.getBlock(block === 'latest' ? { blockTag: block } : { blockNumber: block })
  return { number: Number(number), timestamp: Number(timestamp) }
}

async function findMulticall3(client: PublicClient, configured: Address | undefined): Promise<Address | null> {
  const address = configured ?? CANONICAL_MULTICALL3
  const code = await client.getCode({ address })
  return code === undefined ? null : address
}

/**
 * The first block of a range at whose end the contract exists, given that it does at the end of the last. A block whose state the node no longer
 * has counts as one without it.
 */
async function firstBlockWithCode(client: PublicClient, address: Address, low: number, high: number): Promise<number> {
  if (low >= high) return high
  const middle = Math.floor((low + high) / 2)
  const code = await client.getCode({ address, blockNumber: BigInt(middle) }).catch(() => undefined)
  return code === undefined
    ? firstBlockWithCode(client, address, middle + 1, high)
    : firstBlockWithCode(client, address, low, middle)
}
