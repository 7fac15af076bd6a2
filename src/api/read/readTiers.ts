import type { PublicClient } from 'viem'
import { type TierBlock, type TierBlocks, tierNames } from './cut'

/** What one RPC said at one moment. */
export interface Observation {
  /** `latest` is always there; not every chain has every other tag. */
  readonly tiers: TierBlocks & { readonly latest: TierBlock }
  /** Hashes of blocks we knew that the RPC now has others in the place of. */
  readonly replaced: readonly string[]
}

/**
 * Asks a chain's RPCs in turn for its tags; the first that answers decides. Where a tag is below the block known for it, the RPC is also asked
 * whether that block was replaced: a node that is merely behind must not take a tier back, a chain that was reorganised must.
 * A node of another chain has nothing to say.
 * @returns `null` when none answers.
 */
export async function readTiers(
  clients: readonly PublicClient[],
  chainId: number,
  known: TierBlocks,
): Promise<Observation | null> {
  for (const client of clients) {
    try {
      if ((await client.getChainId()) !== chainId) continue
      const latest = await readTag(client, 'latest')
      const [safe, finalized] = await Promise.all([readTagOrNull(client, 'safe'), readTagOrNull(client, 'finalized')])
      const tiers = { latest, safe, finalized }
      return { tiers, replaced: await replacedAmong(client, known, tiers) }
    } catch {
      // Another URL may answer; when none does the chain is reported as unreachable.
    }
  }
  return null
}

async function replacedAmong(client: PublicClient, known: TierBlocks, seen: TierBlocks): Promise<readonly string[]> {
  const doubtful = tierNames.flatMap((tier) => {
    const [before, now] = [known[tier], seen[tier]]
    return before !== null && now !== null && BigInt(now.blockNumber) < BigInt(before.blockNumber) ? [before] : []
  })
  const checked = await Promise.all(
    doubtful.map(async ({ blockNumber, blockHash }) => {
      const block = await client.getBlock({ blockNumber: BigInt(blockNumber) }).catch(() => null)
      return block !== null && block.hash !== blockHash ? [blockHash] : []
    }),
  )
  return checked.flat()
}

async function readTag(client: PublicClient, blockTag: 'latest' | 'safe' | 'finalized'): Promise<TierBlock> {
  const { number, hash } = await client.getBlock({ blockTag })
  return { blockNumber: number.toString(), blockHash: hash }
}

async function readTagOrNull(client: PublicClient, blockTag: 'safe' | 'finalized'): Promise<TierBlock | null> {
  try {
    return await readTag(client, blockTag)
  } catch {
    return null
  }
}
