import { type Abi, type Address, decodeFunctionResult, type Hex } from 'viem'

export type Read = {
  readonly address: Address
  readonly abi: Abi
  readonly functionName: string
  readonly args?: readonly unknown[]
  /** Another block than the event's. */
  readonly blockNumber?: bigint
}

/** What a view's data say; null for a call to an address without code, which succeeds with nothing. */
export function decodeAnswer(read: Read, data: Hex): unknown {
  try {
    return decodeFunctionResult({ ...read, data })
  } catch {
    return null
  }
}
