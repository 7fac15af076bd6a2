import type { RpcFault } from './types'

/** Nobody answers. */
export const dead: RpcFault = async () => ({ kind: 'hangUp' })
