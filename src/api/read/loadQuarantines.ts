import type { Snapshot } from './database'
import type { QuarantineFact } from './facts'

/** By chain, what the audit found to disagree with the contracts; chains without anything are left out. Sorted by protocol. */
export async function loadQuarantines(snapshot: Snapshot): Promise<ReadonlyMap<string, readonly QuarantineFact[]>> {
  const rows = await snapshot.rows<QuarantineFact & { readonly chain: string }>(
    `SELECT chain, protocol, detail FROM offchain.quarantine ORDER BY chain COLLATE "C", protocol COLLATE "C"`,
  )
  const byChain = new Map<string, QuarantineFact[]>()
  for (const { chain, protocol, detail } of rows)
    byChain.set(chain, [...(byChain.get(chain) ?? []), { protocol, detail }])
  return byChain
}
