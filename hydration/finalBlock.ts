import type { Hash, PublicClient } from 'viem'
import { isSilence } from '../src/runtime/isSilence'

export interface FinalBlock {
  readonly number: bigint
  readonly hash: Hash
}

/** The newest block that is final; the newest there is on a chain without that tag. @throws a viem error when no node answers. */
export async function finalBlock(client: PublicClient): Promise<FinalBlock> {
  return client.getBlock({ blockTag: 'finalized' }).catch((error: unknown) => {
    if (isSilence(error)) throw error
    return client.getBlock({ blockTag: 'latest' })
  })
}
