import type { Address, Hex } from 'viem'
import type { AssetSymbol, ReserveParameters } from '../assets'
import type { Contract } from '../chain/types'
import type { ListedPool } from '../pools'

export type ByAsset<T> = Readonly<Record<AssetSymbol, T>>

export type AaveVersion = '3.0' | '3.6'

export interface Feed {
  /** What Aave and the configuration name. */
  readonly proxy: Contract
  /** Where submissions go and events come from. */
  readonly aggregator: Contract
}

export interface Foundation {
  readonly multicall3: Contract
  /** Pays feeds' oracles nothing; every aggregator must name one. */
  readonly feedPayment: Contract
  readonly tokens: ByAsset<Contract>
  readonly feeds: ByAsset<Feed>
}

export interface AaveReserve {
  readonly underlying: Contract
  readonly aToken: Contract
  readonly variableDebtToken: Contract
  /** Only v3.0 has it. */
  readonly stableDebtToken: Contract | null
}

/** What new reserves are made of. */
export interface ReserveImplementations {
  readonly aToken: Contract
  readonly variableDebtToken: Contract
  readonly stableDebtToken: Contract | null
  readonly incentivesController: Address
}

/** A market without its reserves. */
export interface AaveCore {
  readonly version: AaveVersion
  readonly addressesProvider: Contract
  readonly pool: Contract
  readonly configurator: Contract
  readonly oracle: Contract
  readonly dataProvider: Contract
  readonly aclManager: Contract
  /** A contract in v3.6, a plain address (with an empty ABI) in v3.0. */
  readonly treasury: Contract
  readonly implementations: ReserveImplementations
  /** Block of the addresses provider's deployment. */
  readonly startBlock: number
}

export interface AaveMarket extends AaveCore {
  /** By symbol; symbols beyond the common ones are reserves listed later. */
  readonly reserves: ByAsset<AaveReserve> & Readonly<Record<string, AaveReserve>>
}

/** A reserve to be listed. */
export interface ReserveListing {
  readonly symbol: string
  readonly decimals: number
  readonly underlying: Contract
  readonly parameters: ReserveParameters
}

export interface Vault extends Contract {
  readonly asset: AssetSymbol
  readonly startBlock: number
}

/** A Vault V2 and its adapters: over two markets by positions, over one by books of its own, over a MetaMorpho vault. */
export interface VaultV2 {
  readonly vault: Contract
  readonly positions: Contract
  readonly books: Contract
  readonly shares: Contract
}

/** Vaults beside the one every market has, over USDC or something made of it. */
export interface MoreVaults {
  /** Take and give USDC at once, and are worth what follows from events. */
  readonly exact: Readonly<Record<'plainUsdc' | 'metaMorpho' | 'metaMorphoV1_1' | 'vaultV2', Vault>>
  /** Behind `vaultV2`. */
  readonly adapters: Omit<VaultV2, 'vault'>
  /** Of shares of `metaMorphoV1_1`. */
  readonly nested: Vault
  /** Of Aave's receipts of USDC. */
  readonly receipts: Vault
  /** Gains by the second. */
  readonly ownRate: Vault
  /** Pays what was requested before. */
  readonly async: Vault
  /** Staked ether whose balances grow; no vault, but kept by shares all the same. */
  readonly rebasing: Contract
}

/** What a Morpho market is, and its id the hash of. */
export interface MorphoMarketParams {
  readonly loanToken: Address
  readonly collateralToken: Address
  readonly oracle: Address
  readonly irm: Address
  readonly lltv: bigint
}

export interface MorphoMarket {
  readonly id: Hex
  readonly params: MorphoMarketParams
  /** Null in a market that is only lent to. */
  readonly collateral: AssetSymbol | null
  readonly loan: AssetSymbol
  readonly oracle: Contract | null
  readonly rateModel: Contract | null
}

export const morphoMarketNames = ['wethUsdc', 'wstethWeth', 'wbtcUsdc', 'idleUsdc'] as const
export type MorphoMarketName = (typeof morphoMarketNames)[number]

export interface MorphoBlue {
  readonly core: Contract
  /** Stand-in for Morpho's adaptive curve. */
  readonly adaptiveCurve: Contract
  /** The package's mock: the yearly rate is the utilization; it emits nothing. */
  readonly utilizationRate: Contract
  /** The package's mock: says whatever price anybody sets; it emits nothing. */
  readonly setOracle: Contract
  /** The package's mock: pays back what it borrows. */
  readonly flashBorrower: Contract
  /** Morpho's own expected balances as views. */
  readonly lens: Contract
  readonly markets: Readonly<Record<MorphoMarketName, MorphoMarket>>
  /** Block of the deployment. */
  readonly startBlock: number
}

export const cometCollateral = ['WETH', 'WBTC', 'wstETH'] as const satisfies readonly AssetSymbol[]
export type CometCollateral = (typeof cometCollateral)[number]

/** A stand-in for Compound v3's Comet that lends USDC. */
export interface Comet {
  /** At the proxy's address. */
  readonly core: Contract
  readonly proxy: Contract
  /** The code it began with, and the same with other rates and factors. */
  readonly implementations: { readonly usual: Address; readonly other: Address }
  /** Block of the proxy's deployment. */
  readonly startBlock: number
}

/** A Uniswap v3 pool in which `base` is priced in `quote`. */
export interface Pool extends Contract {
  readonly base: AssetSymbol
  readonly quote: AssetSymbol
  /** Hundredths of a basis point. */
  readonly fee: number
  /** Whether the base token is the pool's first. */
  readonly isBaseFirst: boolean
  readonly startBlock: number
}

export interface Exchange {
  readonly factory: Contract
  /** Uniswap's own quoter: what a swap would give, by running it. */
  readonly quoter: Contract
  /** Owns every position and makes every trade, with tokens it mints. */
  readonly operator: Contract
  readonly pools: Readonly<Record<ListedPool, Pool>>
}

/** Everything deployed on one chain; no market, no pools and no vaults on a chain asked to be empty. */
export interface ChainContracts extends Foundation {
  readonly aave: AaveMarket | null
  readonly morpho: MorphoBlue | null
  readonly comet: Comet | null
  readonly vaults: Readonly<Record<string, Vault>>
  /** Their exact ones are among `vaults` too. */
  readonly moreVaults: MoreVaults | null
  readonly exchange: Exchange | null
  /** Ether per wstETH as its own contract says it, in the form of a feed. */
  readonly stakingRate: Contract
}
