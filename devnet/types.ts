import type { LocalChain } from './chain/types'
import type { AaveVersion, ChainContracts } from './deploy/types'
import type { ConfigFile } from './describeConfig'
import type { PriceWalk } from './market/prices'
import type { Actor } from './seed/actors'

export type { AssetSymbol } from './assets'

/** `empty`: tokens, feeds, Multicall3. `market`: also Aave and the vault. `accounts`: also months of seeded history. */
export type DevnetContent = 'empty' | 'market' | 'accounts'

export interface DevnetOptions {
  /** Everything random is drawn from it. Default 1. */
  readonly seed?: number
  /** Default 2. */
  readonly chains?: number
  /** Default `accounts`. */
  readonly content?: DevnetContent
  /** Aave's version by chain name; 3.6 where none is given. */
  readonly aave?: Readonly<Record<string, AaveVersion>>
  /** Also deploy Morpho Blue, where there is a market at all. Default true. */
  readonly morpho?: boolean
  /** Also deploy a Comet (a stand-in), where there is a market at all. Default true. */
  readonly comet?: boolean
  /** Also wrap aTokens in Aave's StataTokenV2 vaults, where the market is v3.6. Default false. */
  readonly stataVaults?: boolean
  /** Also deploy vaults of every other kind, where there is a market and Morpho Blue. Default false. */
  readonly moreVaults?: boolean
  /** Seconds between blocks that anvil makes by itself once set up; 0, the default, makes blocks by `mine()` only. */
  readonly blockSeconds?: number
  /** Leave the chains about ninety days ago, for a walk that makes its own time. Default false: they arrive at now. */
  readonly stayInPast?: boolean
  /** Receives progress lines. Default: standard error. */
  readonly log?: (line: string) => void
}

export interface DevnetChain extends LocalChain {
  readonly contracts: ChainContracts
}

export interface SeededAccount extends Actor {
  readonly shape: string
  /** Names of the chains on which it has done something. */
  readonly chains: readonly string[]
}

export interface Devnet {
  readonly seed: number
  readonly chains: readonly DevnetChain[]
  /** Holds every role of every market and is every feed's oracle. */
  readonly owner: Actor
  /** The owner, some unused addresses with ether, and the seeded accounts. */
  readonly actors: readonly Actor[]
  readonly accounts: readonly SeededAccount[]
  /** Where prices stand, for a market to go on from. */
  readonly walk: PriceWalk
  /** Contents of a configuration file for these chains. */
  readonly config: ConfigFile
  /** Contents of the manifest, but for the path of the configuration file. */
  readonly manifest: Manifest
  /** The chain called `name`; throws when there is none. */
  chain(name: string): DevnetChain
  /** Ends every chain. Safe to call twice. */
  stop(): Promise<void>
}

export interface Manifest {
  readonly seed: number
  readonly actors: readonly Actor[]
  readonly accounts: readonly Omit<SeededAccount, 'privateKey'>[]
  readonly contracts: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}
