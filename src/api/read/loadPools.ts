import type { Snapshot } from './database'
import type { ChainFacts, PoolFact, PoolStateFact, PoolTickFact } from './facts'
import { type HistoryQuestion, historyReader, pool, poolState, poolTick } from './history'
import { qualify } from './qualify'

/** Every exchange pool of a chain with its liquidity, and how it stood when the window of its average price began. */
export async function loadPools(
  snapshot: Snapshot,
  question: HistoryQuestion,
  windowStart: number,
): Promise<Pick<ChainFacts, 'pools' | 'poolStates' | 'pastPoolStates' | 'poolTicks'>> {
  const read = historyReader(snapshot, question)
  const { schema, chainId, blockNumber } = question
  const [pools, poolStates, poolTicks, pastPoolStates] = await Promise.all([
    read.all<PoolFact>(pool),
    read.all<PoolStateFact>(poolState),
    read.all<PoolTickFact>(poolTick),
    snapshot.rows<PoolStateFact>(
      `SELECT k.pool, v.*
       FROM ${qualify(schema, 'pool')} k
       CROSS JOIN LATERAL (
         SELECT ${poolState.columns.map((part) => `h."${part}"`).join(', ')}, h.block_number
         FROM ${qualify(schema, 'pool_state_history')} h
         WHERE h.chain_id = $1 AND h.pool = k.pool AND h.block_number <= $2 AND h.block_timestamp <= $3
         ORDER BY h.block_number DESC LIMIT 1
       ) v
       WHERE k.chain_id = $1 ORDER BY k.pool COLLATE "C"`,
      [chainId, blockNumber, windowStart],
    ),
  ])
  return { pools, poolStates, pastPoolStates, poolTicks }
}
