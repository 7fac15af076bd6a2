import type { Snapshot } from '../database'
import type { AnswerFact } from '../facts'
import { loadBlockHash } from '../loadHeads'
import { loadAnswers, type StoredAnswer } from './loadAnswers'
import type { HistoryQuestion } from './types'

interface Kept {
  /** Rows of blocks after this one … */
  readonly from: string
  /** … up to this one are held. */
  readonly through: { readonly blockNumber: string; readonly blockHash: string }
  readonly rows: readonly StoredAnswer[]
}

/** Reads the answers of a question in blocks after `from`. */
export type AnswerReader = (from: string) => Promise<ReadonlyMap<string, readonly AnswerFact[]>>

/**
 * Recent answers of every feed of a chain. What was read up to a block stands as long as that block is there under the same hash, so
 * that a request only reads the rows since the last one.
 */
export function createAnswerCache(): (snapshot: Snapshot, question: HistoryQuestion) => AnswerReader {
  const keptBySchema = new Map<string, Kept>()
  return (snapshot, question) => {
    const { schema, chainId, blockNumber, blockHash, feeds } = question
    const to = BigInt(blockNumber)
    const kept = keptBySchema.get(schema)
    // Sent before it is known where to begin, so that it travels with the queries of the same turn.
    const refreshed = kept === undefined ? Promise.resolve(null) : refresh(snapshot, question, kept)
    // The reader may never be called; its failure is then the snapshot's, and reported there.
    refreshed.catch(() => undefined)
    return async (from) => {
      const standing = await refreshed
      if (standing !== null && BigInt(standing.from) <= BigInt(from)) {
        keptBySchema.set(schema, newer(keptBySchema.get(schema), trimmed(standing, from)))
        return factsOf(standing.rows, feeds, BigInt(from), to)
      }
      const rows = await loadAnswers(snapshot, schema, chainId, feeds, { from, to: blockNumber })
      const loaded = { from, through: { blockNumber, blockHash }, rows }
      // What an older question needed would push out what every new one needs.
      if (standing === null || to >= BigInt(standing.through.blockNumber)) keptBySchema.set(schema, loaded)
      return factsOf(rows, feeds, BigInt(from), to)
    }
  }
}

/** What is kept, and the rows since; `null` when the block up to which it was read is no longer there. */
async function refresh(snapshot: Snapshot, question: HistoryQuestion, kept: Kept): Promise<Kept | null> {
  const { schema, chainId, blockNumber, blockHash, feeds } = question
  const { through } = kept
  const isAhead = BigInt(blockNumber) > BigInt(through.blockNumber)
  const [hash, added] = await Promise.all([
    loadBlockHash(snapshot, schema, chainId, through.blockNumber),
    isAhead
      ? loadAnswers(snapshot, schema, chainId, feeds, { from: through.blockNumber, to: blockNumber })
      : ([] as const),
  ])
  if (hash !== through.blockHash) return null
  if (!isAhead) return kept
  return { from: kept.from, through: { blockNumber, blockHash }, rows: [...kept.rows, ...added] }
}

/** Two requests may have refreshed at once; the one that read further stays. */
function newer(one: Kept | undefined, other: Kept): Kept {
  if (one === undefined || BigInt(one.through.blockNumber) <= BigInt(other.through.blockNumber)) return other
  return one
}

/** Days that are over are let go, but not for a question about the past, which begins earlier than the kept rows may have to. */
function trimmed(kept: Kept, from: string): Kept {
  const first = BigInt(from)
  if (BigInt(kept.through.blockNumber) < first || BigInt(kept.from) === first) return kept
  return { ...kept, from, rows: kept.rows.filter(({ block }) => block > first) }
}

function factsOf(
  rows: readonly StoredAnswer[],
  feeds: readonly string[],
  from: bigint,
  to: bigint,
): ReadonlyMap<string, readonly AnswerFact[]> {
  const answers = new Map<string, AnswerFact[]>(feeds.map((feed) => [feed, []]))
  for (const { feed, block, fact } of rows) if (block > from && block <= to) answers.get(feed)?.push(fact)
  return answers
}
