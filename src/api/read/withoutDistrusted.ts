import { behindEverything } from '../../protocols/names'
import type { QuarantineFact } from './facts'
import type { LoadedHead } from './loadHeads'

/** A chain whose blocks or pools disagree with our rows leaves the cut. */
export function withoutDistrusted(head: LoadedHead, quarantines: readonly QuarantineFact[] = []): LoadedHead {
  const found = quarantines.find(({ protocol }) => behindEverything.has(protocol))
  if (head.fault !== null || found === undefined) return head
  return { ...head, fault: { reasonCode: 'QUARANTINED', detail: `${found.protocol}: ${found.detail}` } }
}
