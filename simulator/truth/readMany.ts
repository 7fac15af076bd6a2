import { decodeFunctionResult, encodeFunctionData, getAbiItem, type Hash, type Hex } from 'viem'
import type { Contract, LocalChain } from '../../devnet/chain/types'
import { decodeAggregate3, encodeAggregate3 } from './aggregate3'

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
  const calls = views.map((view) => ({
    target: view.contract.address,
    callData: encoded(view),
  }))
  const { data } = await chain.client.call({ to: multicall.address, data: encodeAggregate3(calls), blockHash })
  if (data === undefined) throw new ViewFailedError('aggregate3')
  const results = decodeAggregate3(data)
  return results.map(({ success, returnData }, index) => {
    const view = views[index]!
    if (!success) throw new ViewFailedError(view.functionName)
    return decoded(view, returnData)
  })
}

/** The same views are asked at every block, and looking a function up in a long ABI takes longer than the call itself. */
const calldata = new Map<string, Hex>()
const plainNumbers = new Map<string, boolean>()

function encoded({ contract, functionName, args = [] }: View): Hex {
  // What is given a whole struct is hardly asked the same twice.
  if (args.some((arg) => typeof arg === 'object')) return encodeFunctionData({ abi: contract.abi, functionName, args })
  const key = `${functionName} ${args.join()}`
  const known = calldata.get(key)
  if (known !== undefined) return known
  const data = encodeFunctionData({ abi: contract.abi, functionName, args })
  calldata.set(key, data)
  return data
}

function decoded({ contract, functionName, args = [] }: View, data: Hex): unknown {
  let isPlain = plainNumbers.get(functionName)
  if (isPlain === undefined) {
    const item = getAbiItem({ abi: contract.abi, name: functionName, args }) as {
      outputs?: readonly { type: string }[]
    }
    isPlain = item.outputs?.length === 1 && item.outputs[0]!.type === 'uint256'
    plainNumbers.set(functionName, isPlain)
  }
  return isPlain ? BigInt(data) : decodeFunctionResult({ abi: contract.abi, functionName, data })
}
