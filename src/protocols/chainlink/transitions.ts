/** Which aggregator's answers count at a block. Pure. */
import type { Phase } from './types'

export type Verdict = 'counts' | 'superseded' | 'opening'

/**
 * Whether an answer by `aggregator` in `block` is the proxy's answer. A successor answers before it takes over and the predecessor goes on
 * afterwards; in the very block of the change the answer at its end is known already (`opening`).
 */
export function verdictOn(phases: readonly Phase[], aggregator: string, block: number): Verdict {
  const phase = phases.findLast(({ fromBlock }) => fromBlock <= block)
  if (phase === undefined) return 'superseded'
  if (phase.fromBlock === block && phase.opening !== null) return 'opening'
  return phase.aggregator === aggregator ? 'counts' : 'superseded'
}
