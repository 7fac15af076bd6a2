import type { Address } from 'viem'
import { opening } from '../../ponder.schema'
import type { Facts } from '../runtime/facts'

/**
 * Notes that a contract is older than its index: positions in it are only known once they have been touched, or read at a block not before the one noted.
 * @param startBlock where the index of the contract begins, which may be later than that of the chain.
 */
export async function writeOpening(
  { store, stamp, views }: Facts,
  protocol: string,
  contract: Address,
  startBlock: number,
): Promise<void> {
  const blockNumber = BigInt(startBlock - 1)
  const { timestamp: blockTimestamp } =
    blockNumber === stamp.blockNumber ? { timestamp: stamp.blockTimestamp } : await views.getBlock({ blockNumber })
  await store
    .insert(opening)
    .values({ ...stamp, blockNumber, blockTimestamp, protocol, contract })
    .onConflictDoNothing()
}
