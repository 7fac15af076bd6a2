import { decodeErrorResult, type Hash, type Hex, parseAbi } from 'viem'
import type { LocalClient } from './localClient'
import { rpc } from './rpc'

interface CallFrame {
  readonly to?: string
  readonly input?: string
  readonly output?: Hex
  readonly error?: string
  readonly revertReason?: string
}

const standardErrors = parseAbi(['error Error(string)', 'error Panic(uint256)'])

/** Why a mined transaction reverted, from its trace: the reason string, or the custom error's selector and data. */
export async function describeRevert(client: LocalClient, hash: Hash): Promise<string> {
  const frame = await rpc<CallFrame>(client, 'debug_traceTransaction', [hash, { tracer: 'callTracer' }])
  const output = frame.output ?? '0x'
  try {
    const { errorName, args } = decodeErrorResult({ abi: standardErrors, data: output })
    return `${errorName}(${args.join(', ')}) in ${frame.input?.slice(0, 10)} to ${frame.to}`
  } catch {
    return `${frame.error ?? 'reverted'}, data ${output}, in ${frame.input?.slice(0, 10)} to ${frame.to}`
  }
}
