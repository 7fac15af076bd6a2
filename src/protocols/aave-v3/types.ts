import type { Address } from 'viem'

/** One Aave v3 market (a PoolAddressesProvider and what hangs on it), as found when the chain was first indexed. Plain JSON. */
export type ResolvedAaveV3 = {
  readonly name: string
  readonly provider: Address
  readonly pool: Address
  readonly configurator: Address
  readonly startBlock: number
}
