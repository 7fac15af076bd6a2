import { qualify } from './qualify'

/**
 * SQL for the last block of the chain `$1` whose events are all in; −1 before there is one. While an indexer catches up it commits in chunks that may end inside
 * a block; its own checkpoint says where (block number in digits 27 to 42), and a whole block is marked by the largest transaction index (digits 43 to 58).
 */
export function checkpointBlock(schema: string): string {
  return `COALESCE((
       SELECT substr(latest_checkpoint, 27, 16)::numeric - CASE WHEN substr(latest_checkpoint, 43, 16) = '9999999999999999' THEN 0 ELSE 1 END
       FROM ${qualify(schema, '_ponder_checkpoint')} WHERE chain_id = $1
     ), -1)`
}
