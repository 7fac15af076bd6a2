import { createPublicClient, fallback, http, type PublicClient } from 'viem'
import type { ChainConfig } from '../../config/schema'

/** Reads a chain through its configured RPCs, the next one answering when one does not. */
export function chainClient({ rpc }: Pick<ChainConfig, 'rpc'>, timeoutMilliseconds = 10_000): PublicClient {
  const transports = rpc.map((url) => http(url, { retryCount: 0, timeout: timeoutMilliseconds }))
  return createPublicClient({ transport: fallback(transports, { retryCount: 1 }) })
}
