import type { Reconciliation } from '../read/loadReconciliation'
import { isoTime } from './format'

/** Prints what the audit found last. */
export function reconciliationBody({ chains, protocols }: Reconciliation) {
  const time = (seconds: string | null) => (seconds === null ? null : isoTime(Number(seconds)))
  return {
    chains: chains.map((row) => ({ ...row, ranAt: time(row.ranAt), rotatedAt: time(row.rotatedAt) })),
    protocols: protocols.map(({ examples, ...row }) => ({
      ...row,
      examples: examples.map(({ subject, figure, indexed, onChain }) => ({ subject, figure, indexed, onChain })),
      ranAt: time(row.ranAt),
      quarantinedSince: time(row.quarantinedSince),
    })),
  }
}
