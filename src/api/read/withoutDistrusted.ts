import type { QuarantineFact } from './facts'
import type { LoadedHead } from './loadHeads'

/** What a whole chain's figures rest on: which blocks there are, and what its exchange pools can take. */
const basis: ReadonlySet<string> = new Set(['blocks', 'uniswap-v3'])

/** A chain whose blocks or pools disagree with our rows leaves the cut. */
export function withoutDistrusted(head: LoadedHead, quarantines: readonly QuarantineFact[] = []): LoadedHead {
  const found = quarantines.find(({ protocol }) => basis.has(protocol))
  if (head.fault !== null || found === undefined) return head
  return { ...head, fault: { reasonCode: 'QUARANTINED', detail: `${found.protocol}: ${found.detail}` } }
}
