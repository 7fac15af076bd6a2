import { BaseError } from 'viem'
import type { Views } from './facts'
import type { Read } from './readMany'

/** What no contract is to blame for; by name, because Ponder brings its own copies of the classes. */
const silences = new Set(['HttpRequestError', 'TimeoutError', 'LimitExceededRpcError', 'RpcRequestTimeoutError'])

/**
 * Asks one view that may be anybody's.
 * @returns null where the contract refuses, burns its gas, is not there or answers something else.
 * @throws when no node answered: that must not be taken for a refusal.
 */
export async function ask(views: Views, read: Read): Promise<unknown> {
  try {
    // Ponder would ask an address without code for a minute.
    return await views.readContract({ ...read, retryEmptyResponse: false } as Read)
  } catch (error) {
    if (isSilence(error)) throw error
    return null
  }
}

function isSilence(error: unknown): boolean {
  if (!(error instanceof BaseError)) return !/revert|returned no data|out of gas/i.test(String(error))
  return error.walk((cause) => silences.has((cause as Error).name)) !== null
}
