import type { Address } from 'viem'
import { contractCall } from '../chain/contractCall'
import type { Call } from '../chain/types'
import type { AaveMarket } from '../deploy/types'

/** Moves an account into an e-mode category; 0 leaves. */
export function setEMode(market: AaveMarket, account: Address, category: number): Call {
  return contractCall(account, market.pool, 'setUserEMode', [category])
}
