import type { Hash, PublicClient } from 'viem'
import type { ProtocolResult } from './types'

/** Indexed blocks by what the chain says of their numbers. A block the node does not have is not read. */
export async function checkBlocks(
  client: PublicClient,
  blocks: readonly { readonly number: string; readonly hash: Hash; readonly timestamp: string }[],
): Promise<ProtocolResult> {
  const drifts: ProtocolResult['drifts'][number][] = []
  let checked = 0
  for (const { number, hash, timestamp } of blocks) {
    const block = await client.getBlock({ blockNumber: BigInt(number) }).catch((error: Error) => {
      if (error.name === 'BlockNotFoundError') return null
      throw error
    })
    if (block === null) continue
    checked += 1
    const drift = (figure: string, indexed: string, onChain: string) =>
      drifts.push({ protocol: 'blocks', subject: number, figure, indexed, onChain })
    if (block.hash !== hash) drift('hash', hash, String(block.hash))
    else if (String(block.timestamp) !== timestamp) drift('timestamp', timestamp, String(block.timestamp))
  }
  return { checked, unread: blocks.length - checked, drifts }
}
