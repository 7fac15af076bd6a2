/** One question to a node. */
export interface RpcCall {
  readonly id: unknown
  readonly method: string
  readonly params: readonly unknown[]
}

/** What a faulty node does instead of answering as it should. */
export type FaultyAnswer =
  | { readonly kind: 'result'; readonly result: unknown }
  | { readonly kind: 'error'; readonly code: number; readonly message: string }
  /** HTTP says no before any JSON-RPC. */
  | { readonly kind: 'refusal'; readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  /** The right answer, but its body ends in the middle. */
  | { readonly kind: 'truncated' }
  /** The right answer, so much later. */
  | { readonly kind: 'late'; readonly milliseconds: number }
  /** The connection ends without an answer. */
  | { readonly kind: 'hangUp' }

/** Asks the healthy node behind. Rejects with `NodeError` when it answers with an error. */
export type AskNode = (method: string, params: readonly unknown[]) => Promise<unknown>

/** A way of answering wrongly; `null` where it would answer as the healthy node does. */
export type RpcFault = (call: RpcCall, ask: AskNode) => Promise<FaultyAnswer | null>
