import { type Abi, type Address, decodeFunctionResult, encodeFunctionData, type Hex } from 'viem'
import { multicall3Abi } from '../../abis/multicall3'
import type { Views } from './facts'

export type Read = {
  readonly address: Address
  readonly abi: Abi
  readonly functionName: string
  readonly args?: readonly unknown[]
  /** Another block than the event's. */
  readonly blockNumber?: bigint
}

/**
 * Reads many views at the end of the event's block in one call where the chain has Multicall3.
 * @returns the answers in order; null where the view reverted or does not exist.
 */
export async function readMany(views: Views, multicall3: Address | null, reads: readonly Read[]): Promise<unknown[]> {
  if (reads.length === 0) return []
  if (multicall3 === null) return Promise.all(reads.map((read) => views.readContract(read).catch(() => null)))
  const calls = reads.map((read) => ({ target: read.address, allowFailure: true, callData: encodeFunctionData(read) }))
  const results = await views.readContract({
    address: multicall3,
    abi: multicall3Abi,
    functionName: 'aggregate3',
    args: [calls],
  })
  return results.map(({ success, returnData }, index) => (success ? decodeAnswer(reads[index]!, returnData) : null))
}

/** What a view's data say; null for a call to an address without code, which succeeds with nothing. */
export function decodeAnswer(read: Read, data: Hex): unknown {
  try {
    return decodeFunctionResult({ ...read, data })
  } catch {
    return null
  }
}
