import { type TierBlocks, tierNames } from './cut'
import { openPool } from './openPool'
import type { Observation } from './readTiers'

/** Where tier heights are kept, for every API process and across restarts. */
export interface TierStore {
  known(chain: string): Promise<TierBlocks>
  /** Keeps what was seen. A tier never goes back to a lower block unless the block known for it was replaced. */
  save(chain: string, observation: Observation): Promise<void>
  close(): Promise<void>
}

interface Row {
  readonly tier: keyof TierBlocks
  readonly number: string
  readonly hash: string
}

/** One statement decides, so that processes that poll at the same time cannot take back what another has kept. */
const upsert = `
  INSERT INTO offchain.chain_tier AS kept (chain, tier, block_number, block_hash)
  SELECT $1, tier, number, hash FROM unnest($2::text[], $3::numeric[], $4::text[]) AS seen (tier, number, hash)
  ON CONFLICT (chain, tier) DO UPDATE
  SET block_number = excluded.block_number, block_hash = excluded.block_hash, observed_at = now()
  WHERE kept.block_hash <> excluded.block_hash
    AND (excluded.block_number >= kept.block_number OR kept.block_hash = ANY($5))`

export function openTierStore(databaseUrl: string): TierStore {
  const pool = openPool(databaseUrl, { name: 'crossmargin-api-tiers', connections: 1 })
  return {
    async known(chain) {
      const { rows } = await pool.query<Row>(
        'SELECT tier, block_number::text AS number, block_hash AS hash FROM offchain.chain_tier WHERE chain = $1',
        [chain],
      )
      const of = (tier: string) => {
        const row = rows.find((candidate) => candidate.tier === tier)
        return row === undefined ? null : { blockNumber: row.number, blockHash: row.hash }
      }
      return { latest: of('latest'), safe: of('safe'), finalized: of('finalized') }
    },
    async save(chain, { tiers, replaced }) {
      const seen = tierNames.flatMap((tier) => (tiers[tier] === null ? [] : [{ tier, ...tiers[tier] }]))
      await pool.query(upsert, [
        chain,
        seen.map(({ tier }) => tier),
        seen.map(({ blockNumber }) => blockNumber),
        seen.map(({ blockHash }) => blockHash),
        replaced,
      ])
    },
    close: () => pool.end(),
  }
}
