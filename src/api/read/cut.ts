/** What it means to read several chains at one instant. All times are unix seconds. */

export type Tier = 'latest' | 'safe' | 'finalized'

export interface IndexedBlock {
  readonly blockNumber: string
  readonly blockHash: string
  readonly timestamp: number
}

/** A chain's own view of how far it is final, as its RPC last told. */
export interface TierBlock {
  readonly blockNumber: string
  readonly blockHash: string
}

/** How far one chain is indexed. `tip` is its newest block that counts under the tier asked for. */
export interface ChainHead {
  readonly chain: string
  readonly required: boolean
  readonly maxLagSeconds: number
  readonly newest: IndexedBlock | null
  readonly oldest: IndexedBlock | null
  readonly tip: IndexedBlock | null
  /** Set when the chain may not be used at all, whatever its age. */
  readonly fault: Fault | null
}

export type ExclusionCode = 'CHAIN_STALE' | 'CHAIN_UNREACHABLE' | 'CHAIN_REORG' | 'NOT_HYDRATED'

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
