import type { Tier, TierBlock, TierBlocks } from './cut'
import type { Snapshot } from './database'

export interface KnownTier extends TierBlock {
  /** Unix seconds at which this block was first told. */
  readonly observedAt: number
}

interface TierRow {
  readonly chain: string
  readonly tier: Tier
  readonly blockNumber: string
  readonly blockHash: string
  readonly observedAt: string
}

/** How far every chain is final, as known in this snapshot, by the chain's configured name. */
export async function loadTiers(snapshot: Snapshot): Promise<ReadonlyMap<string, TierBlocks<KnownTier>>> {
  const rows = await snapshot.rows<TierRow>(
    `SELECT chain, tier, block_number, block_hash, extract(epoch FROM observed_at)::bigint AS observed_at
     FROM offchain.chain_tier`,
  )
  const tiers = new Map<string, TierBlocks<KnownTier>>()
  for (const { chain, tier, observedAt, ...block } of rows) {
    const before = tiers.get(chain) ?? { latest: null, safe: null, finalized: null }
    tiers.set(chain, { ...before, [tier]: { ...block, observedAt: Number(observedAt) } })
  }
  return tiers
}
