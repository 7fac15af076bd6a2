import { type Address, decodeFunctionResult, encodeFunctionData, type Hash, type Hex, type PublicClient } from 'viem'
import { multicall3Abi } from '../abis/multicall3'
import { causesOf, isSilence } from '../src/runtime/isSilence'
import type { View } from './types'

/** So many views in one `eth_call` stay well below what nodes let a call use. */
const viewsPerCall = 250

interface Call {
  readonly target: Address
  readonly callData: Hex
}

/** What views say at a block, in the order asked; `undefined` where a contract refuses. The same view is asked once, and one call is in flight at a time. */
export async function askViews(
  client: PublicClient,
  multicall3: Address | null,
  views: readonly View[],
  blockHash: Hash,
): Promise<{ readonly answers: readonly unknown[]; readonly calls: number }> {
  const encoded = views.map((view) => ({ target: view.address, callData: encode(view) }))
  const keys = encoded.map(({ target, callData }) => `${target} ${callData}`)
  const asked = new Map(keys.map((key, index) => [key, encoded[index]!]))
  const returned = new Map<string, Hex>()
  let calls = 0
  /** What burns all gas may leave none to the others: a call that fails is asked again by halves, and what nobody answered in another one's company once more without it. */
  const ask = async (batch: readonly string[]): Promise<void> => {
    calls += 1
    const results = await answersTo(
      client,
      multicall3,
      batch.map((key) => asked.get(key)!),
      blockHash,
    )
    if (results === null) {
      const middle = Math.ceil(batch.length / 2)
      if (batch.length > 1) for (const half of [batch.slice(0, middle), batch.slice(middle)]) await ask(half)
      return
    }
    for (const [index, result] of results.entries()) if (result !== null) returned.set(batch[index]!, result)
  }
  const all = [...asked.keys()]
  for (const batch of batchesOf(all, multicall3 === null ? 1 : viewsPerCall)) {
    await ask(batch)
    const silent = batch.filter((key) => !returned.has(key))
    // Those before a contract that burns all gas then come after it.
    if (silent.length > 1) await ask(silent.reverse())
  }
  return { answers: views.map((view, index) => decode(view, returned.get(keys[index]!))), calls }
}

/** What each returned, null where it refused; null where the call as a whole could not be executed. @throws when no node answers, or the block has left the chain. */
async function answersTo(
  client: PublicClient,
  multicall3: Address | null,
  asked: readonly Call[],
  blockHash: Hash,
): Promise<readonly (Hex | null)[] | null> {
  try {
    if (multicall3 === null) return [await call(client, asked[0]!.target, asked[0]!.callData, blockHash)]
    const args = [asked.map((one) => ({ ...one, allowFailure: true }))] as const
    const data = encodeFunctionData({ abi: multicall3Abi, functionName: 'aggregate3', args })
    const answer = await call(client, multicall3, data, blockHash)
    const results = decodeFunctionResult({ abi: multicall3Abi, functionName: 'aggregate3', data: answer })
    return results.map(({ success, returnData }) => (success ? returnData : null))
  } catch (error) {
    if (isSilence(error) || !wasExecuted(error)) throw error
    return null
  }
}

/** The contracts are to blame, by what nodes say of calls that revert or run out of gas; a block or a state that is missing is another matter. */
function wasExecuted(error: unknown): boolean {
  return causesOf(error).some(
    ({ name, message }) =>
      name === 'ExecutionRevertedError' || /revert|out of gas|gas limit|OutOfGas|invalid opcode/i.test(message),
  )
}

function batchesOf(keys: readonly string[], size: number): readonly string[][] {
  const count = Math.ceil(keys.length / size)
  return Array.from({ length: count }, (_, index) => keys.slice(index * size, (index + 1) * size))
}

function encode(view: View): Hex {
  return encodeFunctionData(view as Parameters<typeof encodeFunctionData>[0])
}

/** By hash: a block that is no longer part of the chain must not be answered for by another of its number. */
function call(client: PublicClient, to: Address, data: Hex, blockHash: Hash): Promise<Hex> {
  return client.request({
    method: 'eth_call',
    params: [
      { to, data },
      { blockHash, requireCanonical: true },
    ],
  })
}

/** A call to an address without code succeeds with nothing. */
function decode({ abi, functionName, args }: View, data: Hex | undefined): unknown {
  if (data === undefined) return undefined
  try {
    return decodeFunctionResult({ abi, functionName, args, data } as Parameters<typeof decodeFunctionResult>[0])
  } catch {
    return undefined
  }
}
