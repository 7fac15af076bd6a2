import type { Address, Hex } from 'viem'

/** How a market's interest is followed: none at all, the adaptive curve by its events, anything else by its view. */
export type RateModelKind = 'none' | 'adaptive-curve' | 'read'

/** A configured Morpho Blue contract as found when the chain was first indexed. Plain JSON. */
export type ResolvedDeployment = {
  readonly morpho: Address
  /** The markets to index; null for all. */
  readonly markets: readonly Hex[] | null
  readonly adaptiveCurves: readonly Address[]
  readonly startBlock: number
  /** The contract is older than its first indexed block, so markets and accounts may have been there. */
  readonly isOlder: boolean
  /** Markets created before the first indexed block, where all are to be indexed; null where they could not be listed. */
  readonly olderMarkets: readonly Hex[] | null
}

export type ResolvedMorphoBlue = {
  readonly deployments: readonly ResolvedDeployment[]
  /** First block in which oracles and rates are read. */
  readonly pollFrom: number
}
