import { type Address, encodeFunctionData } from 'viem'
import { multicall3Abi } from '../../abis/multicall3'
import { ask } from './ask'
import type { Views } from './facts'
import { decodeAnswer, type Read } from './read'

const batchSize = 50

/**
 * Asks many views that may be anybody's, many in one call where the chain has Multicall3. A contract that burns all gas takes its neighbours in
 * the call with it, so whatever stays without an answer there is asked again alone.
 * @returns the answers in order; null where a contract refuses. @throws when no node answered.
 */
export async function askMany(views: Views, multicall3: Address | null, reads: readonly Read[]): Promise<unknown[]> {
  const answers: unknown[] = []
  for (let first = 0; first < reads.length; first += batchSize) {
    const batch = reads.slice(first, first + batchSize)
    const together = multicall3 === null || batch.length === 1 ? null : await askTogether(views, multicall3, batch)
    for (const [index, read] of batch.entries()) answers.push(together?.[index] ?? (await ask(views, read)))
  }
  return answers
}

async function askTogether(views: Views, multicall3: Address, reads: readonly Read[]): Promise<unknown[] | null> {
  const calls = reads.map((read) => ({ target: read.address, allowFailure: true, callData: encodeFunctionData(read) }))
  const results = await ask(views, {
    address: multicall3,
    abi: multicall3Abi,
    functionName: 'aggregate3',
    args: [calls],
  })
  const rows = results as readonly { readonly success: boolean; readonly returnData: `0x${string}` }[] | null
  return (
    rows?.map(({ success, returnData }, index) => (success ? decodeAnswer(reads[index]!, returnData) : null)) ?? null
  )
}
