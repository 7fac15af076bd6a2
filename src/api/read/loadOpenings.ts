import type { Snapshot } from './database'
import type { ChainFacts, OpeningFact } from './facts'
import { qualify } from './qualify'

/** What of a chain is older than its index. Written before the first block, so the same at every block. */
export async function loadOpenings(
  snapshot: Snapshot,
  { schema, chainId }: { readonly schema: string; readonly chainId: number },
): Promise<Pick<ChainFacts, 'openings'>> {
  const openings = await snapshot.rows<OpeningFact>(
    `SELECT protocol, contract, block_number FROM ${qualify(schema, 'opening')}
     WHERE chain_id = $1 ORDER BY protocol COLLATE "C", contract COLLATE "C"`,
    [chainId],
  )
  return openings.length === 0 ? {} : { openings }
}
