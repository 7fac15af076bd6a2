/**
 * What no contract is to blame for: no node was reached, it took too long, or it would not serve any more. By name, because an indexer may hold
 * several copies of the classes.
 */
const silences = new Set(['HttpRequestError', 'TimeoutError', 'LimitExceededRpcError', 'RpcRequestTimeoutError'])

/** A connection that broke where nothing wraps it: codes of Node's sockets and of its `fetch`. */
const brokenConnection = /^(ECONN|EPIPE|ETIMEDOUT|EAI_AGAIN|ENOTFOUND|EHOSTUNREACH|ENETUNREACH|UND_ERR_)/

/** Whether no node answered. A contract that refuses has answered, and a mistake of ours is not mended by waiting. */
export function isSilence(error: unknown): boolean {
  return causesOf(error).some(({ name, code, cause }) => {
    if (silences.has(name)) return true
    // A transport that failed without a word of the node's: an answer that is cut off, or none at all.
    if (name === 'UnknownRpcError') return cause instanceof Error && !('code' in cause)
    return typeof code === 'string' && brokenConnection.test(code)
  })
}

type Cause = Error & { readonly code?: unknown }

/** An error, what it came from, and so on down. */
export function causesOf(error: unknown): readonly Cause[] {
  const causes: Cause[] = []
  for (let next = error; next instanceof Error && !causes.includes(next); next = next.cause) causes.push(next)
  return causes
}
