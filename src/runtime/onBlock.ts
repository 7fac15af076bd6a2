import { recordBlock } from '../positions/recordBlock'
import type { Facts, Registration } from './facts'
import { patientViews } from './patientViews'

/** A handler of a block interval; it runs after every event of its block. */
export function onBlock(source: string, handle: (facts: Facts) => Promise<unknown>): Registration {
  return {
    name: `${source}:block`,
    handler: async ({ event: { block }, context }) => {
      const stamp = { chainId: context.chain.id, blockNumber: block.number, blockTimestamp: block.timestamp }
      await recordBlock(context.db, stamp, block.hash)
      await handle({ store: context.db, stamp, views: patientViews(context.client, stamp.blockNumber) })
    },
  }
}
