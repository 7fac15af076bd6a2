import type { Snapshot } from './database'

/** What the last audit of a protocol on a chain found. Times are unix seconds. */
export interface ReconciliationRow {
  readonly chain: string
  readonly protocol: string
  readonly checked: number
  readonly unread: number
  readonly drift: number
  readonly examples: readonly Readonly<Record<'subject' | 'figure' | 'indexed' | 'onChain', string>>[]
  readonly blockNumber: string
  readonly blockHash: string
  readonly ranAt: string
  readonly rotatedAt: string | null
  /** Since when it counts nothing; `null` while it counts. */
  readonly quarantinedSince: string | null
  readonly detail: string | null
}

/** Sorted by chain and protocol. */
export function loadReconciliation(snapshot: Snapshot): Promise<readonly ReconciliationRow[]> {
  const seconds = (column: string) => `floor(extract(epoch FROM ${column}))::bigint`
  return snapshot.rows<ReconciliationRow>(
    `SELECT r.chain, r.protocol, r.checked, r.unread, r.drift, r.examples, r.block_number, r.block_hash,
       ${seconds('r.ran_at')} AS ran_at, ${seconds('r.rotated_at')} AS rotated_at, ${seconds('q.since')} AS quarantined_since, q.detail
     FROM offchain.reconciliation r LEFT JOIN offchain.quarantine q USING (chain, protocol)
     ORDER BY r.chain COLLATE "C", r.protocol COLLATE "C"`,
  )
}
