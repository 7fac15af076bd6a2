import type { RpcFault } from './types'

/** Bodies end in the middle, as from a proxy that runs out of something. */
export const truncated: RpcFault = async () => ({ kind: 'truncated' })
