import type { Address } from 'viem'
import { contractCall } from '../chain/contractCall'
import type { Call } from '../chain/types'
import type { AaveMarket } from '../deploy/types'
import { reserveOf } from './reserveOf'

export interface SupplyInput {
  readonly account: Address
  readonly asset: string
  readonly amount: bigint
  /** Who receives the aTokens; the account itself when absent. */
  readonly onBehalfOf?: Address
}

/** Supplies to a reserve; the pool must be approved for the token. */
export function supply(market: AaveMarket, { account, asset, amount, onBehalfOf = account }: SupplyInput): Call {
  const token = reserveOf(market, asset).underlying.address
  return contractCall(account, market.pool, 'supply', [token, amount, onBehalfOf, 0])
}
