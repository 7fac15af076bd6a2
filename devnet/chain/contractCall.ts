import { type Address, encodeFunctionData } from 'viem'
import type { Call, Contract } from './types'

/** A transaction that calls a function of a contract. */
export function contractCall(
  from: Address,
  contract: Contract,
  functionName: string,
  args: readonly unknown[] = [],
): Call {
  return {
    from,
    to: contract.address,
    data: encodeFunctionData({ abi: contract.abi, functionName, args }),
    label: `${functionName}(${args.map(describe).join(', ')})`,
  }
}

function describe(value: unknown): string {
  return typeof value === 'object'
    ? JSON.stringify(value, (_, item) => (typeof item === 'bigint' ? String(item) : item))
    : String(value)
}
