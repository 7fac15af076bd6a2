import type { Address, Hex } from 'viem'
import type { MoreVaults, MorphoBlue, MorphoMarket } from '../deploy/types'
import { allocationData } from '../deploy/vaultV2Calls'

/** Where a Vault V2 can have assets: the adapter, and what tells it where. */
export interface VaultV2Place {
  readonly adapter: Address
  readonly data: Hex
  /** Null in another vault. */
  readonly market: MorphoMarket | null
}

/** Every place of the Vault V2 among a chain's vaults. */
export function vaultV2Places({ adapters }: MoreVaults, { markets }: MorphoBlue): readonly VaultV2Place[] {
  const inMarket = (adapter: Address, market: MorphoMarket) => ({
    ...{ adapter, market, data: allocationData(market.params) },
  })
  return [
    inMarket(adapters.books.address, markets.wethUsdc),
    inMarket(adapters.positions.address, markets.wbtcUsdc),
    inMarket(adapters.positions.address, markets.idleUsdc),
    { adapter: adapters.shares.address, data: '0x', market: null },
  ]
}
