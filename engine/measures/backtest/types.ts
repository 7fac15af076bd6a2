/** A likelihood ratio and the probability of one at least as large if the tested hypothesis holds. */
export interface TestResult {
  /** ≥ 0. */
  readonly statistic: number
  readonly pValue: number
}
