import type { CollateralRow } from '../api/answer'
import { sumDecimals } from '../format/decimal'
import { compareSteps } from '../text/steps'

export interface StepTotal {
  readonly step: string
  readonly amount: string
}

/** The haircut steps of all rows, added up by step in the order in which they are taken; exact. */
export function addUpSteps(rows: readonly CollateralRow[]): readonly StepTotal[] {
  const amounts = new Map<string, string[]>()
  for (const { step, amount } of rows.flatMap((row) => row.steps)) {
    if (typeof amount === 'string') amounts.set(step, [...(amounts.get(step) ?? []), amount])
  }
  return [...amounts]
    .map(([step, parts]) => ({ step, amount: sumDecimals(parts) }))
    .sort((a, b) => compareSteps(a.step, b.step))
}
