import { type Address, maxUint256 } from 'viem'
import { contractCall } from '../chain/contractCall'
import type { Call } from '../chain/types'
import type { AaveMarket } from '../deploy/types'
import { reserveOf } from './reserveOf'

export interface WithdrawInput {
  readonly account: Address
  readonly asset: string
  /** All of it when absent. */
  readonly amount?: bigint
  /** Who receives the tokens; the account itself when absent. */
  readonly to?: Address
}

/** Withdraws from a reserve. */
export function withdraw(
  market: AaveMarket,
  { account, asset, amount = maxUint256, to = account }: WithdrawInput,
): Call {
  return contractCall(account, market.pool, 'withdraw', [reserveOf(market, asset).underlying.address, amount, to])
}
