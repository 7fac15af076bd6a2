import type { Address } from 'viem'
import { contractCall } from '../chain/contractCall'
import type { Call } from '../chain/types'
import type { AaveMarket } from '../deploy/types'
import { reserveOf } from './reserveOf'

/** Turns an account's use of a supplied asset as collateral on or off. */
export function setCollateral(market: AaveMarket, account: Address, asset: string, enabled: boolean): Call {
  const token = reserveOf(market, asset).underlying.address
  return contractCall(account, market.pool, 'setUserUseReserveAsCollateral', [token, enabled])
}
