import { decodeFunctionResult, encodeFunctionData, type Hash, type Hex } from 'viem'
import { readContract } from '../../devnet/chain/readContract'
import type { Contract, LocalChain } from '../../devnet/chain/types'

export interface View {
  readonly contract: Contract
  readonly functionName: string
  readonly args?: readonly unknown[]
}

/** Thrown when a view that must answer reverts. */
export class ViewFailedError extends Error {
  override readonly name = 'ViewFailedError'
  constructor(readonly functionName: string) {
    super(`The view function ${functionName} reverted`)
  }
}

/** So many views in one `eth_call` stay below anvil's gas limit for calls. */
const viewsPerCall = 250

/** Answers of many view functions at one block, in the order asked. */
export async function readMany(
  chain: Pick<LocalChain, 'client'>,
  multicall: Contract,
  views: readonly View[],
  blockHash: Hash,
): Promise<unknown[]> {
  const chunks: View[][] = []
  for (let start = 0; start < views.length; start += viewsPerCall) chunks.push(views.slice(start, start + viewsPerCall))
  const answers = await Promise.all(chunks.map((chunk) => readChunk(chain, multicall, chunk, blockHash)))
  return answers.flat()
}

async function readChunk(
  chain: Pick<LocalChain, 'client'>,
  multicall: Contract,
  views: readonly View[],
  blockHash: Hash,
): Promise<unknown[]> {
  const calls = views.map(({ contract, functionName, args = [] }) => ({
    target: contract.address,
    allowFailure: true,
    callData: encodeFunctionData({ abi: contract.abi, functionName, args }),
  }))
  const results = await readContract<readonly { success: boolean; returnData: Hex }[]>(
    chain,
    multicall,
    'aggregate3',
    [calls],
    { blockHash },
  )
  return results.map(({ success, returnData }, index) => {
    const { contract, functionName } = views[index]!
    if (!success) throw new ViewFailedError(functionName)
    return decodeFunctionResult({ abi: contract.abi, functionName, data: returnData })
  })
}
