import type pg from 'pg'

/** What Ponder keeps of the chains for every schema together, and the column with the block. */
const forgotten = [
  ['logs', 'block_number'],
  ['transactions', 'block_number'],
  ['transaction_receipts', 'block_number'],
  ['traces', 'block_number'],
  ['rpc_request_results', 'block_number'],
  ['factory_addresses', 'block_number'],
  ['blocks', 'number'],
] as const

/**
 * Makes Ponder forget what it was told of a chain's blocks from one on, so that whoever indexes next asks the nodes again. A fresh schema alone would be filled from the same
 * memory: with the blocks of a dead fork, or without the logs that a node once left out.
 */
export async function purgeChainCache(pool: pg.Pool, chainId: number, fromBlock: bigint): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    // Ponder keeps blocks 3 to 5 as [3, 6] and reads nothing but closed ends.
    await client.query(
      `UPDATE ponder_sync.intervals i SET blocks = COALESCE(
         (SELECT range_agg(r * numrange(NULL, $2::numeric, '[]')) FROM unnest(i.blocks) r WHERE lower(r) < $2::numeric), '{}'
       ) WHERE chain_id = $1`,
      [chainId, String(fromBlock)],
    )
    for (const [table, column] of forgotten)
      await client.query(`DELETE FROM ponder_sync.${table} WHERE chain_id = $1 AND ${column} >= $2`, [
        chainId,
        String(fromBlock),
      ])
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined)
    throw error
  } finally {
    client.release()
  }
}
