import { type Abi, type Address, decodeFunctionResult, type Hex } from 'viem'

export type Read = {
  readonly address: Address
  readonly abi: Abi
  readonly functionName: string
  readonly args?: readonly unknown[]
  /** Another block than the event's. */
  readonly blockNumber?: bigint
  /** It refused when it was last asked: among others that are asked with it, it might spoil their answers. */
  readonly isDoubtful?: boolean
}

/** What a view's data say; null for a call to an address without code, which succeeds with nothing. */
export function decodeAnswer(read: Read, data: Hex): unknown {
  try {
    return decodeFunctionResult({ ...read, data })
  } catch {
    return null
  }
}
