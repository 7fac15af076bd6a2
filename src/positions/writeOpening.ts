import type { Address } from 'viem'
import { opening } from '../../ponder.schema'
import type { Facts } from '../runtime/facts'

/** Notes that a contract is older than the index: positions in it are only known once they have been touched. */
export async function writeOpening({ store, stamp }: Facts, protocol: string, contract: Address): Promise<void> {
  await store
    .insert(opening)
    .values({ ...stamp, protocol, contract })
    .onConflictDoNothing()
}
