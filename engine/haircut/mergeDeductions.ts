import type { Deduction } from './types'

/**
 * The deductions of a whole whose parts have their own: each step takes the value-weighted haircut of what the steps before
 * it have left of the parts. The product of the merged steps is then exactly the weighted mean of the parts' products. All chains
 * have the same steps; without weight the parts count alike.
 */
export function mergeDeductions(
  chains: readonly (readonly Deduction[])[],
  weights: readonly number[],
): readonly Deduction[] {
  const steps = chains[0] ?? []
  const weightless = !weights.some((weight) => weight > 0)
  const left = chains.map((_, part) => (weightless ? 1 : weights[part]!))
  return steps.map(({ step }, place) => {
    let whole = 0
    let taken = 0
    const rules = new Set<string>()
    chains.forEach((chain, part) => {
      const { haircut, rule } = chain[place]!
      whole += left[part]!
      taken += left[part]! * haircut
      if (left[part]! > 0) rules.add(rule)
      left[part] = left[part]! * (1 - haircut)
    })
    return { step, rule: [...rules].join(' + ') || 'none', haircut: whole > 0 ? Math.min(1, taken / whole) : 0 }
  })
}
