import type { RpcFault } from './types'

/** The provider's quota is used up. */
export const tooManyRequests: RpcFault = async () => ({
  kind: 'refusal',
  status: 429,
  headers: { 'retry-after': '1' },
})
