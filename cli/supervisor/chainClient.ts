import {
  createPublicClient,
  fallback,
  HttpRequestError,
  http,
  LimitExceededRpcError,
  type PublicClient,
  TimeoutError,
  type Transport,
} from 'viem'
import type { ChainConfig } from '../../config/schema'

export interface ChainClientOptions {
  readonly timeoutMilliseconds?: number
  /** Called when no node answered a question, after all attempts; a contract that refuses has answered. */
  readonly onSilence?: (error: Error) => void
}

/** Reads a chain through its configured RPCs, the next one answering when one does not. */
export function chainClient(
  { rpc }: Pick<ChainConfig, 'rpc'>,
  { timeoutMilliseconds = 10_000, onSilence }: ChainClientOptions = {},
): PublicClient {
  const transports = rpc.map((url) => http(url, { retryCount: 0, timeout: timeoutMilliseconds }))
  const transport = fallback(transports, { retryCount: 1 })
  return createPublicClient({ transport: onSilence === undefined ? transport : listening(transport, onSilence) })
}

function listening(transport: Transport, onSilence: (error: Error) => void): Transport {
  return (options) => {
    const inner = transport(options)
    const request: typeof inner.request = async (...args) => {
      try {
        return await inner.request(...args)
      } catch (error) {
        if (isSilence(error)) onSilence(error)
        throw error
      }
    }
    return { ...inner, request }
  }
}

function isSilence(error: unknown): error is Error {
  return [HttpRequestError, TimeoutError, LimitExceededRpcError].some((kind) => error instanceof kind)
}
