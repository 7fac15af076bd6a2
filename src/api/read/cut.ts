/** What it means to read several chains at one instant. All times are unix seconds. */

export const tierNames = ['latest', 'safe', 'finalized'] as const
export type Tier = (typeof tierNames)[number]

export interface IndexedBlock {
  readonly blockNumber: string
  readonly blockHash: string
  readonly timestamp: number
}

/** A chain's own view of how far it is final, as its RPC told. */
export interface TierBlock {
  readonly blockNumber: string
  readonly blockHash: string
}

/** The heights of a chain's tiers as they are known; `null` for a tier that was never told. */
export type TierBlocks<Block extends TierBlock = TierBlock> = Readonly<Record<Tier, Block | null>>

/** How far one chain is indexed. `tip` is its newest block that counts under the tier asked for. */
export interface ChainHead {
  readonly chain: string
  readonly required: boolean
  readonly maxLagSeconds: number
  readonly newest: IndexedBlock | null
  readonly oldest: IndexedBlock | null
  readonly tip: IndexedBlock | null
  /**
   * The newest second of which the chain has said everything: that of the tip, or the one before it on a chain that gives several blocks
   * the same timestamp, as the next block may still belong to the tip's second.
   */
  readonly reached: number | null
  /** Set when the chain may not be used at all, whatever its age. */
  readonly fault: Fault | null
}

export type ExclusionCode = 'CHAIN_STALE' | 'CHAIN_UNREACHABLE' | 'CHAIN_REORG' | 'NOT_HYDRATED' | 'QUARANTINED'

export interface Fault {
  readonly reasonCode: ExclusionCode
  readonly detail: string
}

/** A chain that is not part of the cut: its credit is zero, and this is why. */
export interface Exclusion extends Fault {
  readonly chain: string
  readonly required: boolean
}

export interface CutChain extends IndexedBlock {
  readonly chainId: number
  /** The tier this block was chosen under; `latest` when the chain's tags are not known. */
  readonly finality: Tier
  /** Seconds from the block to the cut: how much of the cut the chain has not spoken about. */
  readonly lagSeconds: number
}

/** One instant, and each chain's last block at or before it. */
export interface Cut {
  readonly time: number
  readonly chains: Readonly<Record<string, CutChain>>
  readonly excluded: readonly Exclusion[]
}
