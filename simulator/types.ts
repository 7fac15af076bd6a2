import type { Address, Hash } from 'viem'
import type { Call, LocalChain } from '../devnet/chain/types'
import type { AaveMarket, ChainContracts, Comet, MorphoBlue } from '../devnet/deploy/types'
import type { Random } from '../devnet/random'
import type { ChainTruth } from './truth/types'

export type SimulatedContracts = ChainContracts & {
  readonly aave: AaveMarket
  readonly morpho: MorphoBlue
  readonly comet: Comet
}

/** What an action may look at to think of a transaction: one chain as it stands. */
export interface World {
  readonly chain: LocalChain
  readonly contracts: SimulatedContracts
  readonly actors: readonly Address[]
  readonly truth: ChainTruth
  readonly random: Random
}

/** One kind of thing that happens on a chain. */
export interface Action {
  readonly name: string
  /** Versions of Aave it exists in; all when absent. */
  readonly versions?: readonly AaveMarket['version'][]
  /** How much more often than others it is tried; for what is seldom possible. Default 1. */
  readonly eagerness?: number
  /** It mends what would stop the walk: whenever it fits, the block begins with it. */
  readonly comesFirst?: boolean
  /** Transactions that should succeed now, in one block, or `null` when nothing fits. Must draw from `world.random` only. */
  propose(world: World): Promise<Proposal> | Proposal
  /** Transactions, each counted for the action it is, after which something should fit; asked when the action is urgent and nothing does. */
  openWay?(world: World): Promise<Proposal> | Proposal
}

export type Proposal = Call | readonly ProposedCall[] | null

/** One of several calls for the same block; it counts for another action when it names one. */
export type ProposedCall = Call & { readonly countsAs?: string }

/** A transaction that was mined and succeeded. */
export interface Operation {
  readonly action: string
  readonly call: Call
}

/** A block of the canonical chain with what succeeded in it. */
export interface WalkedBlock {
  readonly number: bigint
  readonly hash: Hash
  readonly timestamp: number
  readonly operations: readonly Operation[]
}

/** A figure over HTTP that is not what the contracts say. */
export interface Drift {
  readonly chain: string
  readonly block: bigint
  readonly account: Address | null
  readonly figure: string
  readonly expected: string
  readonly actual: string
}
