import { type Address, decodeFunctionResult, encodeFunctionData, type Hash, type Hex, type PublicClient } from 'viem'
import { multicall3Abi } from '../abis/multicall3'
import type { View } from './types'

/** So many views in one `eth_call` stay well below what nodes let a call use. */
const viewsPerCall = 250

/** What views say at a block, in the order asked; `undefined` where a contract refuses. One call in flight at a time, so that an audit never crowds a node. */
export async function askViews(
  client: PublicClient,
  multicall3: Address,
  views: readonly View[],
  blockHash: Hash,
): Promise<{ readonly answers: readonly unknown[]; readonly calls: number }> {
  const answers: unknown[] = []
  let calls = 0
  for (let first = 0; first < views.length; first += viewsPerCall) {
    const batch = views.slice(first, first + viewsPerCall)
    answers.push(...(await askTogether(client, multicall3, batch, blockHash)))
    calls += 1
  }
  return { answers, calls }
}

async function askTogether(client: PublicClient, multicall3: Address, views: readonly View[], blockHash: Hash) {
  const calls = views.map((view) => ({
    target: view.address,
    allowFailure: true,
    callData: encodeFunctionData(view as Parameters<typeof encodeFunctionData>[0]),
  }))
  const data = encodeFunctionData({ abi: multicall3Abi, functionName: 'aggregate3', args: [calls] })
  // By hash: a block that is no longer part of the chain must not be answered for by another of its number.
  const answer = await client.request({
    method: 'eth_call',
    params: [
      { to: multicall3, data },
      { blockHash, requireCanonical: true },
    ],
  })
  const results = decodeFunctionResult({ abi: multicall3Abi, functionName: 'aggregate3', data: answer })
  return results.map(({ success, returnData }, index) => (success ? decode(views[index]!, returnData) : undefined))
}

/** A call to an address without code succeeds with nothing. */
function decode({ abi, functionName, args }: View, data: Hex): unknown {
  try {
    return decodeFunctionResult({ abi, functionName, args, data } as Parameters<typeof decodeFunctionResult>[0])
  } catch {
    return undefined
  }
}
