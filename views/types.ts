import type { Abi, Address } from 'viem'

/** A view function with its arguments. */
export interface View {
  readonly address: Address
  readonly abi: Abi
  readonly functionName: string
  readonly args?: readonly unknown[]
}
