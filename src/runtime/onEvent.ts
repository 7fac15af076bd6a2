import type { Abi, Address, ContractEventName, GetEventArgs } from 'viem'
import { recordingOnce } from '../positions/recordBlock'
import type { EventBlock, Facts, Registration } from './facts'
import { indexer } from './indexer'
import { patientViews } from './patientViews'

export type EventOf<abi extends Abi, name extends string> = {
  readonly args: GetEventArgs<abi, name, { EnableUnion: false; IndexedOnly: false; Required: true }>
  /** The contract that emitted the event, lower case. */
  readonly address: Address
  readonly block: EventBlock
}

const watchFrom = BigInt(indexer.resolved.watchFrom)
const recordBlock = recordingOnce()

/**
 * A handler of one event of one contract. The event's block is recorded before the handler runs, so that every fact has its block; where
 * every block is recorded anyway, that happens after its last event.
 * @param contract the name the contract has in Ponder's configuration.
 */
export function onEvent<const abi extends Abi, name extends ContractEventName<abi>>(
  contract: string,
  _abi: abi,
  name: name,
  handle: (facts: Facts, event: EventOf<abi, name>) => Promise<unknown>,
): Registration {
  return {
    name: `${contract}:${name}`,
    handler: async ({ event, context }) => {
      const { block, log } = event
      const stamp = { chainId: context.chain.id, blockNumber: block.number, blockTimestamp: block.timestamp }
      if (block.number < watchFrom) await recordBlock(context.db, stamp, block.hash, log.logIndex)
      const args = event.args as EventOf<abi, name>['args']
      await handle(
        { store: context.db, stamp, views: patientViews(context.client, stamp.blockNumber) },
        { args, address: log.address, block },
      )
    },
  }
}
