import { askMany } from './askMany'
import type { Views } from './facts'
import { indexer } from './indexer'
import type { Read } from './read'

/**
 * Asks views of contracts that are known to answer, many in one call where the chain has Multicall3. What stays without an answer there, because Multicall3 is younger than
 * the block for one, is asked again by itself.
 * @returns the answers in order. @throws when a contract refuses, or no node answered.
 */
export async function askAll(views: Views, reads: readonly Read[]): Promise<readonly unknown[]> {
  const answers = await askMany(views, indexer.resolved.multicall3, reads)
  return Promise.all(answers.map((answer, index) => answer ?? views.readContract(reads[index] as never)))
}
