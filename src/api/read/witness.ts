import type { ExclusionCode, Fault, TierBlock } from './cut'
import type { Snapshot } from './database'

/** What the nodes of a chain say of what we have indexed. */
export interface Witness {
  /** The newest of our blocks that a node has, too, and no node otherwise. */
  readonly confirmed: TierBlock | null
  /** `null` while no node speaks against what is indexed. */
  readonly doubt: Doubt | null
}

/** Why nothing of a chain may be used while this block of it is indexed. */
export interface Doubt extends Fault {
  readonly block: TierBlock
}

interface Row {
  readonly chain: string
  readonly blockNumber: string | null
  readonly blockHash: string | null
  readonly doubtedNumber: string | null
  readonly doubtedHash: string | null
  readonly reasonCode: ExclusionCode | null
  readonly detail: string | null
}

/** What the nodes of every chain said last, by the chain's configured name. */
export async function loadWitnesses(snapshot: Snapshot): Promise<ReadonlyMap<string, Witness>> {
  const rows = await snapshot.rows<Row>(
    `SELECT chain, block_number, block_hash, doubted_number, doubted_hash, reason_code, detail
     FROM offchain.chain_witness`,
  )
  return new Map(
    rows.map(({ chain, blockNumber, blockHash, doubtedNumber, doubtedHash, reasonCode, detail }) => {
      const doubted = blockOf(doubtedNumber, doubtedHash)
      return [
        chain,
        {
          confirmed: blockOf(blockNumber, blockHash),
          doubt: reasonCode === null || doubted === null ? null : { reasonCode, detail: detail ?? '', block: doubted },
        },
      ]
    }),
  )
}

function blockOf(blockNumber: string | null, blockHash: string | null): TierBlock | null {
  return blockNumber === null || blockHash === null ? null : { blockNumber, blockHash }
}
