import { type Address, encodeFunctionData } from 'viem'
import { multicall3Abi } from '../../abis/multicall3'
import { ask } from './ask'
import type { Views } from './facts'
import { decodeAnswer, type Read } from './read'

const batchSize = 50

/**
 * Asks many views that may be anybody's, many in one call where the chain has Multicall3. A contract that burns all gas takes its neighbours in
 * the call with it, so whatever stays without an answer there is asked again alone, and what refused before (`isDoubtful`) is asked alone at once.
 * Alone, too, it is asked through Multicall3: that a contract burnt all gas is then an answer like any other, and nothing a node is asked again for.
 * @returns the answers in order; null where a contract refuses. @throws when no node answered.
 */
export async function askMany(views: Views, multicall3: Address | null, reads: readonly Read[]): Promise<unknown[]> {
  const answers: unknown[] = Array(reads.length).fill(null)
  const trusted = [...reads.keys()].filter((index) => !reads[index]!.isDoubtful)
  const alone = [...reads.keys()].filter((index) => reads[index]!.isDoubtful)
  for (let first = 0; first < trusted.length; first += batchSize) {
    const batch = trusted.slice(first, first + batchSize)
    const together =
      batch.length === 1
        ? null
        : await askTogether(
            views,
            multicall3,
            batch.map((index) => reads[index]!),
          )
    for (const [place, index] of batch.entries()) {
      answers[index] = together?.[place] ?? null
      if (answers[index] === null) alone.push(index)
    }
  }
  for (const index of alone) answers[index] = await askAlone(views, multicall3, reads[index]!)
  return answers
}

async function askAlone(views: Views, multicall3: Address | null, read: Read): Promise<unknown> {
  if (multicall3 === null) return ask(views, read)
  const answers = await askTogether(views, multicall3, [read])
  return answers?.[0] ?? null
}

async function askTogether(
  views: Views,
  multicall3: Address | null,
  reads: readonly Read[],
): Promise<unknown[] | null> {
  if (multicall3 === null) return null
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
