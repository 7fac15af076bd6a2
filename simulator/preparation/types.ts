import type { Address } from 'viem'
import type { Call, Contract } from '../../devnet/chain/types'
import type { ByAsset, Feed } from '../../devnet/deploy/types'

/** Why a reserve beyond the common four is there. */
export type ReserveRole =
  /** Collateral that isolates its holder, under a debt ceiling. */
  | 'isolated'
  /** Its debt cannot stand beside any other. */
  | 'siloed'
  /** As few decimals as the version lets a reserve have. */
  | 'few decimals'
  /** Amounts near the largest that the version's tokens can hold. */
  | 'huge'
  /** Listed, dropped and listed again. */
  | 'passing'

/** A token that becomes a reserve during the walk, or has become one before it. */
export interface LaterReserve {
  readonly role: ReserveRole
  readonly symbol: string
  readonly token: Contract
  readonly feed: Feed
  /** Transactions that list it, for the governor to carry out as one. */
  readonly listing: readonly Call[]
}

/** What the walk needs on a chain beside the market itself. */
export interface Preparation {
  /** Holds every role of the market and is every feed's oracle. */
  readonly owner: Address
  /** Carries out many calls as one transaction, with the owner's roles. */
  readonly governor: Contract
  readonly flashBorrower: Address
  /** A second price source for each asset, for changes of the oracle's source. */
  readonly alternativeFeeds: ByAsset<Feed>
  readonly laterReserves: readonly LaterReserve[]
  /** Begin with isolated collateral only. */
  readonly isolatedActors: readonly Address[]
  /** Implementations of the next revision. */
  readonly upgrades: { readonly aToken: Address; readonly variableDebtToken: Address }
  /** v3.0 only: rate strategies of different steepness, flattest first. */
  readonly rateStrategies: readonly Address[]
  /** An address that is no token but has a price at the oracle, for e-modes of v3.0. */
  readonly priceIndex: Address
  /** Accounts to look at that never act by themselves. */
  readonly watched: readonly Address[]
}
