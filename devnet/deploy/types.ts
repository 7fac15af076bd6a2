import type { AssetSymbol } from '../assets'
import type { Contract } from '../chain/types'

export type ByAsset<T> = Readonly<Record<AssetSymbol, T>>

export interface Feed {
  /** What Aave and the configuration name. */
  readonly proxy: Contract
  /** Where submissions go and events come from. */
  readonly aggregator: Contract
}

export interface Foundation {
  readonly multicall3: Contract
  readonly tokens: ByAsset<Contract>
  readonly feeds: ByAsset<Feed>
}

export interface AaveReserve {
  readonly underlying: Contract
  readonly aToken: Contract
  readonly variableDebtToken: Contract
}

export interface AaveMarket {
  readonly version: '3.0' | '3.6'
  readonly addressesProvider: Contract
  readonly pool: Contract
  readonly configurator: Contract
  readonly oracle: Contract
  readonly dataProvider: Contract
  readonly aclManager: Contract
  readonly treasury: Contract
  readonly reserves: ByAsset<AaveReserve>
  /** Block of the addresses provider's deployment. */
  readonly startBlock: number
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
