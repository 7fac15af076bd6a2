import type { BlockChoice, Contract, LocalChain } from './types'

/** Calls a view function, at the newest block unless another is chosen. */
export async function readContract<Result>(
  chain: Pick<LocalChain, 'client'>,
  contract: Contract,
  functionName: string,
  args: readonly unknown[] = [],
  block: BlockChoice = {},
): Promise<Result> {
  const parameters = { address: contract.address, abi: contract.abi, functionName, args, ...block }
  return (await chain.client.readContract(parameters as Parameters<typeof chain.client.readContract>[0])) as Result
}
