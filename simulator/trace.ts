import type { Address, Hex } from 'viem'
import type { Call } from '../devnet/chain/types'

/** A transaction as the trace keeps it; amounts as text so that it is plain JSON. */
export interface TracedCall {
  readonly action: string
  readonly label: string
  readonly from: Address
  readonly to?: Address
  readonly data?: Hex
  readonly value?: string
}

export function traceCall(action: string, { value, ...call }: Call): TracedCall {
  return { action, ...call, ...(value === undefined ? {} : { value: String(value) }) }
}

export function callOf({ action: _, value, ...call }: TracedCall): Call {
  return { ...call, ...(value === undefined ? {} : { value: BigInt(value) }) }
}

export interface TracedBlock {
  readonly secondsAfterParent: number
  readonly calls: readonly TracedCall[]
}

export type TracedEvent =
  | { readonly kind: 'block'; readonly chain: string; readonly block: TracedBlock }
  | { readonly kind: 'reorg'; readonly chain: string; readonly depth: number; readonly blocks: readonly TracedBlock[] }
  | { readonly kind: 'restart'; readonly chain: string; readonly signal: 'SIGKILL' | 'SIGTERM' }

/** Everything that happened in a run after the chains were set up; replaying it gives the same chains. */
export interface Trace {
  readonly seed: number
  readonly chains: number
  readonly events: readonly TracedEvent[]
}
