/** How much of the past a question rests on. */
export interface HistorySpan {
  /** Days whose closes are wanted, back from the cut. */
  readonly days: number
  /** Seconds before the cut for which every answer is wanted. */
  readonly answersSeconds: number
}

/** Which prices of a chain, as they stood at a block of the cut. */
export interface HistoryQuestion {
  readonly schema: string
  readonly chainId: number
  readonly blockNumber: string
  readonly blockHash: string
  /** The cut, unix seconds; not before the block. */
  readonly time: number
  /** Sorted. */
  readonly feeds: readonly string[]
  readonly span: HistorySpan
}
