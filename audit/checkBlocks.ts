import type { Hash, PublicClient } from 'viem'
import type { Snapshot } from '../src/api/read/database'
import { qualify } from '../src/api/read/qualify'
import type { Drift, ProtocolResult } from './types'

/** Named like a protocol in what the audit finds: everything on a chain rests on which blocks there are. */
export const BLOCKS = 'blocks'

export interface IndexedBlock {
  readonly number: string
  readonly hash: Hash
  readonly timestamp: string
  /** The indexer's cache has a block of this number: none of another fork is to be expected any more. */
  readonly isSettled: boolean
}

export interface BlockSample {
  /** Blocks the node is to be asked for. */
  readonly doubtful: readonly IndexedBlock[]
  /** How many more are as the indexer's own cache of the chain has them. */
  readonly agreeing: number
  /** The last block looked at; `null` when there are none after it. */
  readonly last: string | null
}

export interface BlockFindings extends ProtocolResult {
  readonly calls: number
  /** The chain may just be turning to another fork, and the indexer about to follow. */
  readonly mayBeTurning: boolean
}

/** Rows that are held against the indexer's cache at once: no call is needed for these. */
const rowsAtOnce = 2_000
/** Blocks a node is asked for at once, beside the newest, the newest that is settled, a few at random, and those that drifted before. */
const askedInTurn = 10
const askedAtRandom = 3

/**
 * Blocks to look at next. A row that equals what the indexer's cache of the chain holds is believed, but for a few at random and the newest, with which a cached fork that died would
 * show: the node is asked for those that the cache does not have, which are the newest, for those it has otherwise, and for those after which it goes on with another block.
 */
export async function sampleBlocks(
  snapshot: Snapshot,
  question: {
    readonly schema: string
    readonly chainId: number
    readonly after: string
    readonly newest: string
    readonly again: readonly string[]
  },
): Promise<BlockSample> {
  const table = qualify(question.schema, 'block')
  const some = (which: string, value: string | readonly string[]) =>
    snapshot.rows<IndexedBlock & { readonly isCached: boolean }>(
      `SELECT b.number, b.hash, b.timestamp, c.number IS NOT NULL AS is_settled,
         COALESCE(c.hash = b.hash AND c.timestamp = b.timestamp, false)
           AND COALESCE(next.parent_hash = b.hash, true) AS is_cached
       FROM ${table} b LEFT JOIN ponder_sync.blocks c ON c.chain_id = b.chain_id AND c.number = b.number::bigint
       LEFT JOIN ponder_sync.blocks next ON next.chain_id = b.chain_id AND next.number = b.number::bigint + 1
       WHERE b.chain_id = $1 AND b.number <= $2 AND ${which}`,
      [question.chainId, question.newest, value],
    )
  const [inTurn, ...others] = await Promise.all([
    some(`b.number > $3 ORDER BY b.number LIMIT ${rowsAtOnce}`, question.after),
    some('b.number = $3', question.newest),
    some('c.number IS NOT NULL AND b.number <= $3 ORDER BY b.number DESC LIMIT 1', question.newest),
    some('b.number = ANY($3::numeric[])', question.again),
    some(
      `b.number >= (SELECT floor(min(number) + $3 * ($2 - min(number))) FROM ${table} WHERE chain_id = $1)
       ORDER BY b.number LIMIT ${askedAtRandom}`,
      String(Math.random()),
    ),
  ])
  const unproven = inTurn.filter(({ isCached }) => !isCached)
  const isCut = unproven.length > askedInTurn
  const last = isCut ? unproven[askedInTurn - 1]!.number : (inTurn.at(-1)?.number ?? null)
  const asked = [...others.flat(), ...unproven.slice(0, askedInTurn)]
  return {
    doubtful: [...new Map(asked.map(({ isCached: _, ...block }) => [block.number, block])).values()],
    agreeing: inTurn.filter(({ isCached, number }) => isCached && BigInt(number) <= BigInt(last!)).length,
    last: isCut || inTurn.length === rowsAtOnce ? last : null,
  }
}

/** Indexed blocks by what the chain says of their numbers; one call each. A block the node does not have is not read. */
export async function checkBlocks(client: PublicClient, { doubtful, agreeing }: BlockSample): Promise<BlockFindings> {
  const drifts: Drift[] = []
  let unread = 0
  let mayBeTurning = false
  for (const { number, hash, timestamp, isSettled } of doubtful) {
    const block = await client.getBlock({ blockNumber: BigInt(number) }).catch((error: Error) => {
      if (error.name === 'BlockNotFoundError') return null
      throw error
    })
    if (block === null) {
      unread += 1
      continue
    }
    const drift = (figure: string, indexed: string, onChain: string) => {
      drifts.push({ protocol: BLOCKS, subject: number, figure, indexed, onChain })
      mayBeTurning ||= !isSettled
    }
    if (block.hash !== hash) drift('hash', hash, String(block.hash))
    else if (String(block.timestamp) !== timestamp) drift('timestamp', timestamp, String(block.timestamp))
  }
  return { checked: agreeing + doubtful.length - unread, unread, drifts, calls: doubtful.length, mayBeTurning }
}
