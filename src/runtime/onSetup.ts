import type { Facts, Registration } from './facts'
import { indexer } from './indexer'
import { patientViews } from './patientViews'

/** Writes what already stood when indexing began, stamped with the block before the first; runs once, before every event. */
export function onSetup(contract: string, handle: (facts: Facts) => Promise<void>): Registration {
  const { number, timestamp } = indexer.resolved.origin
  return {
    name: `${contract}:setup`,
    handler: ({ context }) => {
      const stamp = { chainId: context.chain.id, blockNumber: BigInt(number), blockTimestamp: BigInt(timestamp) }
      return handle({ store: context.db, stamp, views: patientViews(context.client) })
    },
  }
}
