import type { Snapshot } from '../database'
import type { AnswerFact } from '../facts'
import { qualify } from '../qualify'

/** An answer with the block that brought it. The fact stays one object for as long as it is held. */
export interface StoredAnswer {
  readonly feed: string
  readonly block: bigint
  readonly fact: AnswerFact
}

interface Row {
  readonly feed: string
  readonly blockNumber: string
  readonly blockTimestamp: string
  readonly updatedAt: string
  readonly answer: string
}

/** Every answer in blocks after `from` up to `to`, by feed and block. */
export async function loadAnswers(
  snapshot: Snapshot,
  schema: string,
  chainId: number,
  feeds: readonly string[],
  { from, to }: { readonly from: string; readonly to: string },
): Promise<readonly StoredAnswer[]> {
  const rows = await snapshot.rows<Row>(
    `SELECT feed, block_number, block_timestamp, updated_at, answer FROM ${qualify(schema, 'price_history')}
     WHERE chain_id = $1 AND feed = ANY($2) AND block_number > $3 AND block_number <= $4
     ORDER BY feed COLLATE "C", block_number`,
    [chainId, feeds, from, to],
  )
  return rows.map(({ feed, blockNumber, blockTimestamp, updatedAt, answer }) => ({
    feed,
    block: BigInt(blockNumber),
    fact: [Number(blockTimestamp), Number(updatedAt), answer],
  }))
}
