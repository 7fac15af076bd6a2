import type { PublicClient } from 'viem'
import type { Fault, TierBlock } from './cut'

/** What one node says of a block we have indexed. */
type Word =
  | { readonly kind: 'has it' }
  /** It has not come so far, and what it has is ours. */
  | { readonly kind: 'behind' }
  | { readonly kind: 'differs'; readonly blockNumber: string; readonly blockHash: string; readonly indexed: string }
  | { readonly kind: 'other chain'; readonly chainId: number }
  | { readonly kind: 'silent' }

export interface NodesQuestion {
  readonly chainId: number
  /** The newest block we have. */
  readonly indexed: TierBlock
  /** The hash we have of an earlier one; `null` for a block we do not have. */
  readonly hashAt: (blockNumber: string) => Promise<string | null>
}

/** What the nodes of a chain say together. */
export interface NodesAnswer {
  /** Some node has the block, and none that answers has another in its place. */
  readonly isConfirmed: boolean
  /** Why nothing of the chain may be used; `null` while no node speaks against what we have. */
  readonly fault: Fault | null
}

/**
 * Asks every node of a chain for our newest block; one call each while they agree. As every block names its parent, whoever has this one has all before it. A node that is
 * merely behind, or away, says nothing against us.
 */
export async function askNodes(clients: readonly PublicClient[], question: NodesQuestion): Promise<NodesAnswer> {
  const words = await Promise.all(
    clients.map((client) => askNode(client, question).catch((): Word => ({ kind: 'silent' }))),
  )
  const fault = words.map((word, index) => faultOf(word, index, words.length)).find((found) => found !== null) ?? null
  return { isConfirmed: fault === null && words.some(({ kind }) => kind === 'has it'), fault }
}

async function askNode(client: PublicClient, { chainId, indexed, hashAt }: NodesQuestion): Promise<Word> {
  const found = await blockOf(client, BigInt(indexed.blockNumber))
  if (found === indexed.blockHash) return { kind: 'has it' }
  const theirs = found === null ? await newestOf(client) : { blockNumber: indexed.blockNumber, blockHash: found }
  const ours = found === null ? await hashAt(theirs.blockNumber) : indexed.blockHash
  if (ours === null || ours === theirs.blockHash) return { kind: 'behind' }
  const servedId = await client.getChainId()
  return servedId === chainId
    ? { kind: 'differs', ...theirs, indexed: ours }
    : { kind: 'other chain', chainId: servedId }
}

async function blockOf(client: PublicClient, blockNumber: bigint): Promise<string | null> {
  const block = await client.getBlock({ blockNumber }).catch((error: Error) => {
    if (error.name === 'BlockNotFoundError') return null
    throw error
  })
  return block?.hash ?? null
}

async function newestOf(client: PublicClient): Promise<TierBlock> {
  const { number, hash } = await client.getBlock({ blockTag: 'latest' })
  return { blockNumber: number.toString(), blockHash: hash }
}

/** Nodes are named by their place in the configuration: their addresses may hold keys. */
function faultOf(word: Word, index: number, count: number): Fault | null {
  const node = count === 1 ? 'the node' : `node ${index + 1} of ${count}`
  switch (word.kind) {
    case 'has it':
    case 'behind':
    case 'silent':
      return null
    case 'other chain':
      return { reasonCode: 'CHAIN_UNREACHABLE', detail: `${node} serves chain id ${word.chainId}` }
    case 'differs':
      return {
        reasonCode: 'CHAIN_REORG',
        detail: `${node} has block ${word.blockNumber} as ${word.blockHash}, it is indexed as ${word.indexed}`,
      }
  }
}
