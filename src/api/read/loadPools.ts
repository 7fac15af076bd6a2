import type { Snapshot } from './database'
import type { ChainFacts, PoolFact, PoolStateFact, PoolTickFact } from './facts'
import { type HistoryQuestion, historyReader, pool, poolState, poolTick } from './history'
import { poolReachTicks } from './poolWindow'
import { qualify } from './qualify'

export type PoolFacts = Pick<ChainFacts, 'pools' | 'poolStates' | 'pastPoolStates' | 'poolTicks'>

/** Every exchange pool of a chain with its liquidity around the price, and how it stood when the window of its average price began. */
export async function loadPools(
  snapshot: Snapshot,
  question: HistoryQuestion,
  windowStart: number,
): Promise<PoolFacts> {
  const read = historyReader(snapshot, question)
  const { schema, chainId, blockNumber } = question
  const [pools, poolStates, poolTicks, pastPoolStates] = await Promise.all([
    read.all<PoolFact>(pool),
    read.all<PoolStateFact>(poolState),
    snapshot.rows<PoolTickFact>(
      `SELECT k.pool, k.tick, v.*
       FROM ${qualify(schema, 'pool')} p
       CROSS JOIN ${lastOf(schema, 'pool_state', ['tick'], 'h.pool = p.pool')} s
       JOIN ${qualify(schema, 'pool_tick')} k ON k.chain_id = $1 AND k.pool = p.pool
         AND k.tick BETWEEN s.tick - $3::integer AND s.tick + $3::integer
       CROSS JOIN ${lastOf(schema, 'pool_tick', poolTick.columns, 'h.pool = k.pool AND h.tick = k.tick')} v
       WHERE p.chain_id = $1 AND v.liquidity_gross <> 0
       ORDER BY k.pool COLLATE "C", k.tick`,
      [chainId, blockNumber, poolReachTicks],
    ),
    snapshot.rows<PoolStateFact>(
      `SELECT k.pool, v.*
       FROM ${qualify(schema, 'pool')} k
       CROSS JOIN ${lastOf(schema, 'pool_state', poolState.columns, 'h.pool = k.pool AND h.block_timestamp <= $3')} v
       WHERE k.chain_id = $1 ORDER BY k.pool COLLATE "C"`,
      [chainId, blockNumber, windowStart],
    ),
  ])
  return { pools, poolStates, pastPoolStates, poolTicks }
}

/** The last history row of a key at or before the block. */
function lastOf(schema: string, table: string, columns: readonly string[], same: string): string {
  return `LATERAL (
         SELECT ${columns.map((part) => `h."${part}"`).join(', ')}, h.block_number
         FROM ${qualify(schema, `${table}_history`)} h
         WHERE h.chain_id = $1 AND ${same} AND h.block_number <= $2
         ORDER BY h.block_number DESC LIMIT 1
       )`
}
