import type { Snapshot } from '../database'
import { qualify } from '../qualify'

export interface StoredAnswer {
  readonly feed: string
  readonly blockNumber: string
  readonly blockTimestamp: string
  readonly updatedAt: string
  readonly answer: string
}

/** Every answer in blocks after `from` up to `to`, by feed and block. */
export function loadAnswers(
  snapshot: Snapshot,
  schema: string,
  chainId: number,
  feeds: readonly string[],
  { from, to }: { readonly from: string; readonly to: string },
): Promise<readonly StoredAnswer[]> {
  return snapshot.rows<StoredAnswer>(
    `SELECT feed, block_number, block_timestamp, updated_at, answer FROM ${qualify(schema, 'price_history')}
     WHERE chain_id = $1 AND feed = ANY($2) AND block_number > $3 AND block_number <= $4
     ORDER BY feed COLLATE "C", block_number`,
    [chainId, feeds, from, to],
  )
}
