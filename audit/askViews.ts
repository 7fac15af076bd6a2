import { type Address, decodeFunctionResult, encodeFunctionData, type Hash, type Hex, type PublicClient } from 'viem'
import { multicall3Abi } from '../abis/multicall3'
import type { View } from './types'

/** So many views in one `eth_call` stay well below what nodes let a call use. */
const viewsPerCall = 250

/**
 * What views say at a block, in the order asked; `undefined` where a contract refuses. The same view is asked once, and one call is in flight at a time, so that an
 * audit never crowds a node.
 * @throws when no node answers, or the block has left the chain.
 */
export async function askViews(
  client: PublicClient,
  multicall3: Address,
  views: readonly View[],
  blockHash: Hash,
): Promise<{ readonly answers: readonly unknown[]; readonly calls: number }> {
  const encoded = views.map((view) => ({
    target: view.address,
    callData: encodeFunctionData(view as Parameters<typeof encodeFunctionData>[0]),
  }))
  const keys = encoded.map(({ target, callData }) => `${target} ${callData}`)
  const asked = [...new Map(keys.map((key, index) => [key, encoded[index]!]))]
  const returned = new Map<string, Hex | null>()
  const ask = async (batch: typeof asked): Promise<1> => {
    const together = batch.map(([, call]) => call)
    const results = await askTogether(client, multicall3, together, blockHash)
    for (const [index, [key]] of batch.entries()) returned.set(key, results[index]!)
    return 1
  }
  let calls = 0
  for (let first = 0; first < asked.length; first += viewsPerCall) {
    const batch = asked.slice(first, first + viewsPerCall)
    calls += await ask(batch)
    // What burns all gas leaves none to whoever comes after it; those before it then come after it.
    const refused = batch.filter(([key]) => returned.get(key) === null)
    if (refused.length > 1) calls += await ask(refused.reverse())
  }
  return { answers: views.map((view, index) => decode(view, returned.get(keys[index]!)!)), calls }
}

async function askTogether(
  client: PublicClient,
  multicall3: Address,
  asked: readonly { readonly target: Address; readonly callData: Hex }[],
  blockHash: Hash,
): Promise<readonly (Hex | null)[]> {
  const args = [asked.map((call) => ({ ...call, allowFailure: true }))] as const
  const data = encodeFunctionData({ abi: multicall3Abi, functionName: 'aggregate3', args })
  // By hash: a block that is no longer part of the chain must not be answered for by another of its number.
  const answer = await client.request({
    method: 'eth_call',
    params: [
      { to: multicall3, data },
      { blockHash, requireCanonical: true },
    ],
  })
  const results = decodeFunctionResult({ abi: multicall3Abi, functionName: 'aggregate3', data: answer })
  return results.map(({ success, returnData }) => (success ? returnData : null))
}

/** A call to an address without code succeeds with nothing. */
function decode({ abi, functionName, args }: View, data: Hex | null): unknown {
  if (data === null) return undefined
  try {
    return decodeFunctionResult({ abi, functionName, args, data } as Parameters<typeof decodeFunctionResult>[0])
  } catch {
    return undefined
  }
}
