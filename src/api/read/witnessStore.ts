import type { TierBlock } from './cut'
import { openPool } from './openPool'
import { qualify } from './qualify'
import type { Witness } from './witness'

export interface IndexedHead extends TierBlock {
  readonly schema: string
}

/** Where it is kept what nodes say of our blocks, for every API process and across restarts. */
export interface WitnessStore {
  /** The newest block of the schema that serves a chain, whole or not; `null` while there is none. */
  indexed(chain: string, chainId: number): Promise<IndexedHead | null>
  /** The hash a block is indexed under; `null` for one that is not. */
  hashAt(schema: string, chainId: number, blockNumber: string): Promise<string | null>
  save(chain: string, witness: Witness): Promise<void>
  close(): Promise<void>
}

interface Row {
  readonly number: string
  readonly hash: string
}

/** What is confirmed stays so until something else is. */
const upsert = `
  INSERT INTO offchain.chain_witness AS kept (chain, block_number, block_hash, doubted_number, doubted_hash, reason_code, detail)
  VALUES ($1, $2, $3, $4, $5, $6, $7)
  ON CONFLICT (chain) DO UPDATE
  SET block_number = COALESCE(excluded.block_number, kept.block_number), block_hash = COALESCE(excluded.block_hash, kept.block_hash),
    doubted_number = excluded.doubted_number, doubted_hash = excluded.doubted_hash, reason_code = excluded.reason_code, detail = excluded.detail, observed_at = now()
  WHERE kept.block_hash IS DISTINCT FROM COALESCE(excluded.block_hash, kept.block_hash)
    OR kept.doubted_hash IS DISTINCT FROM excluded.doubted_hash OR kept.reason_code IS DISTINCT FROM excluded.reason_code OR kept.detail IS DISTINCT FROM excluded.detail`

export function openWitnessStore(databaseUrl: string): WitnessStore {
  const pool = openPool(databaseUrl, { name: 'crossmargin-api-witness', connections: 1 })
  return {
    async indexed(chain, chainId) {
      const live = await pool.query<{ schema: string }>(
        `SELECT schema FROM offchain.deployment WHERE chain = $1 AND state = 'live'`,
        [chain],
      )
      const schema = live.rows[0]?.schema
      if (schema === undefined) return null
      const { rows } = await pool.query<Row>(
        `SELECT b.number, b.hash FROM ${qualify(schema, 'block')} b WHERE b.chain_id = $1 ORDER BY b.number DESC LIMIT 1`,
        [chainId],
      )
      const row = rows[0]
      return row === undefined ? null : { schema, blockNumber: row.number, blockHash: row.hash }
    },
    async hashAt(schema, chainId, blockNumber) {
      const { rows } = await pool.query<{ hash: string }>(
        `SELECT hash FROM ${qualify(schema, 'block')} WHERE chain_id = $1 AND number = $2`,
        [chainId, blockNumber],
      )
      return rows[0]?.hash ?? null
    },
    async save(chain, { confirmed, doubt }) {
      await pool.query(upsert, [
        chain,
        confirmed?.blockNumber ?? null,
        confirmed?.blockHash ?? null,
        doubt?.block.blockNumber ?? null,
        doubt?.block.blockHash ?? null,
        doubt?.reasonCode ?? null,
        doubt?.detail ?? null,
      ])
    },
    close: () => pool.end(),
  }
}
