import type { RpcFault } from './types'

/** Every answer comes, but so much later. */
export function slow(milliseconds: number): RpcFault {
  return async () => ({ kind: 'late', milliseconds })
}
