import { BaseError } from 'viem'

/** What no contract is to blame for; by name, because Ponder brings its own copies of the classes. */
const silences = new Set(['HttpRequestError', 'TimeoutError', 'LimitExceededRpcError', 'RpcRequestTimeoutError'])

/** Whether no node answered; a contract that refuses has answered. */
export function isSilence(error: unknown): boolean {
  if (!(error instanceof BaseError)) return !/revert|returned no data|out of gas/i.test(String(error))
  return error.walk((cause) => silences.has((cause as Error).name)) !== null
}
