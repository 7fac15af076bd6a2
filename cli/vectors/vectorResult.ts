/** What became of one case of a vector file. */
export interface VectorResult {
  readonly id: string
  /** Worst |a − b| / max(1, |b|) over the case's expected figures; Infinity when one has no counterpart. */
  readonly gap: number
  readonly tolerance: number
  readonly status: 'passed' | 'failed' | 'skipped'
  readonly detail?: string
}
