import type { HaircutStep } from '../types/report'
import type { Deduction, Waterfall } from './types'

/**
 * Takes the deductions one after the other: a step costs what is left × its haircut. The credit is what the subtractions
 * leave, in this order, so the printed amounts add up to value − credit without a remainder.
 *
 * @param relied index of the first deduction that counts into `retained` (those before it say what can be relied on).
 */
export function runWaterfall(
  id: string,
  value: number,
  deductions: readonly Deduction[],
  relied: number,
  reasonCode: string | null = null,
): Waterfall {
  const steps: HaircutStep[] = []
  let left = value
  let retained = 1
  deductions.forEach(({ step, rule, haircut }, index) => {
    const amount = left * haircut
    steps.push({ step, input: left, rule, haircut, amount })
    left -= amount
    if (index >= relied) retained *= 1 - haircut
  })
  return { id, value, steps, credit: left, retained, reasonCode }
}
