import type { ReconciliationRow } from '../read/loadReconciliation'
import { isoTime } from './format'

/** Prints what the audit found last. */
export function reconciliationBody(rows: readonly ReconciliationRow[]) {
  const time = (seconds: string | null) => (seconds === null ? null : isoTime(Number(seconds)))
  return {
    protocols: rows.map(({ examples, ranAt, rotatedAt, quarantinedSince, ...row }) => ({
      ...row,
      examples: examples.map(({ subject, figure, indexed, onChain }) => ({ subject, figure, indexed, onChain })),
      ranAt: isoTime(Number(ranAt)),
      rotatedAt: time(rotatedAt),
      quarantinedSince: time(quarantinedSince),
    })),
  }
}
