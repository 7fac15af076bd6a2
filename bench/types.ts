/** One line of a benchmark: a measurement, what it is measured against in the same run, and the bar for their ratio. */
export type BenchRow = {
  readonly metric: string
  readonly value: number
  readonly anchor: number
  /** At least this ratio of value to anchor passes. */
  readonly bar: number
}
