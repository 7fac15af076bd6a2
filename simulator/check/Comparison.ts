import type { Address } from 'viem'
import type { ChainTruth } from '../truth/types'
import type { Drift } from '../types'
import type { CheckResult } from './checkBlock'

/** Collects what was compared at one block for one account, or for the markets. */
export class Comparison {
  private readonly found: Drift[] = []
  private compared = 0

  constructor(
    private readonly truth: Pick<ChainTruth, 'chain' | 'blockNumber'>,
    private readonly account: Address | null,
  ) {}

  /** Both as text, so that a figure the API leaves out differs from every number. */
  expect(figure: string, expected: unknown, actual: unknown): void {
    this.compared += 1
    if (String(expected) === String(actual)) return
    this.found.push({
      chain: this.truth.chain,
      block: this.truth.blockNumber,
      account: this.account,
      figure,
      expected: String(expected),
      actual: String(actual),
    })
  }

  get result(): CheckResult {
    return { checks: this.compared, drifts: this.found }
  }
}
