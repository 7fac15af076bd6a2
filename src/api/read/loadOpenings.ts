import type { Snapshot } from './database'
import type { OpeningFact } from './facts'
import { qualify } from './qualify'

/** What of a chain is older than its index. Written before the first block, so the same at every block. */
export function loadOpenings(
  snapshot: Snapshot,
  { schema, chainId }: { readonly schema: string; readonly chainId: number },
): Promise<readonly OpeningFact[]> {
  return snapshot.rows<OpeningFact>(
    `SELECT protocol, contract, block_number FROM ${qualify(schema, 'opening')}
     WHERE chain_id = $1 ORDER BY protocol COLLATE "C", contract COLLATE "C"`,
    [chainId],
  )
}
