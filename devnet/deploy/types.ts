import type { Address } from 'viem'
import type { AssetSymbol, ReserveParameters } from '../assets'
import type { Contract } from '../chain/types'

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

/** Everything deployed on one chain; no market and no vaults on a chain asked to be empty. */
export interface ChainContracts extends Foundation {
  readonly aave: AaveMarket | null
  readonly vaults: Readonly<Record<string, Vault>>
}
