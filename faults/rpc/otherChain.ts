import { askNodeAt, NodeError } from './askNode'
import type { RpcFault } from './types'

/** The address leads to another chain's node. */
export function otherChain(nodeUrl: string): RpcFault {
  const askOther = askNodeAt(nodeUrl)
  return ({ method, params }) =>
    askOther(method, params).then(
      (result) => ({ kind: 'result', result }),
      (error: unknown) => {
        if (!(error instanceof NodeError)) throw error
        return { kind: 'error', code: error.code, message: error.message }
      },
    )
}
