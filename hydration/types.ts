/** Hydration reads what an account had before the index of its chain began. */
import type { Address } from 'viem'
import type { MarketFacts } from '../src/api/read/loadMarkets'
import type { View } from '../views/types'

/** A row of `offchain.baseline`, without whose it is. */
export interface Baseline {
  readonly protocol: string
  readonly market: string
  readonly side: string
  readonly raw: bigint
  readonly rate?: bigint
  readonly accruedAt?: bigint
}

/** Views, and what their answers say together. */
export interface Reading {
  readonly views: readonly View[]
  readonly baselines: (answers: readonly unknown[]) => readonly Baseline[]
}

export interface HydrationQuestion {
  /** Markets and vaults of the chain, as `readMarkets` gives them. */
  readonly facts: MarketFacts
  /** The contract that is older than the index. */
  readonly contract: Address
  readonly account: Address
}

/** Everything an account can have in one contract; null while the facts do not say yet what that may be. Pure. */
export type Hydrator = (question: HydrationQuestion) => readonly Reading[] | null
