import type { Address } from 'viem'
import type { AssetSymbol } from '../assets'
import { contractCall } from '../chain/contractCall'
import type { Call } from '../chain/types'
import type { AaveMarket } from '../deploy/types'

/** Turns an account's use of a supplied asset as collateral on or off. */
export function setCollateral(market: AaveMarket, account: Address, asset: AssetSymbol, enabled: boolean): Call {
  const token = market.reserves[asset].underlying.address
  return contractCall(account, market.pool, 'setUserUseReserveAsCollateral', [token, enabled])
}
