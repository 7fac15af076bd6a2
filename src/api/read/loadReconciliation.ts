import type { Snapshot } from './database'

/** How the audit of a chain goes. Times are unix seconds. */
export interface AuditRow {
  readonly chain: string
  readonly ranAt: string
  /** When every account and every block had been looked at once more; `null` before the first time. */
  readonly rotatedAt: string | null
  /** Requests to the chain's nodes, over the last minutes. */
  readonly callsPerMinute: string
  /** Why the last attempt came to nothing; `null` while it does not. */
  readonly failure: string | null
  /** What is being done about what disagrees; `null` while nothing is. */
  readonly repair: string | null
}

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
  /** Since when it counts nothing; `null` while it counts. */
  readonly quarantinedSince: string | null
  readonly detail: string | null
}

export interface Reconciliation {
  readonly chains: readonly AuditRow[]
  readonly protocols: readonly ReconciliationRow[]
}

/** What the audit found last, sorted by chain and protocol. */
export async function loadReconciliation(snapshot: Snapshot): Promise<Reconciliation> {
  const seconds = (column: string) => `floor(extract(epoch FROM ${column}))::bigint`
  const [chains, protocols] = await Promise.all([
    snapshot.rows<AuditRow>(
      `SELECT chain, ${seconds('ran_at')} AS ran_at, ${seconds('rotated_at')} AS rotated_at, calls_per_minute, failure, repair
       FROM offchain.audit ORDER BY chain COLLATE "C"`,
    ),
    snapshot.rows<ReconciliationRow>(
      `SELECT chain, protocol, r.checked, r.unread, r.drift, r.examples, r.block_number, r.block_hash,
         ${seconds('r.ran_at')} AS ran_at, ${seconds('q.since')} AS quarantined_since, q.detail
       FROM offchain.reconciliation r LEFT JOIN offchain.quarantine q USING (chain, protocol)
       ORDER BY chain COLLATE "C", protocol COLLATE "C"`,
    ),
  ])
  return { chains, protocols }
}
