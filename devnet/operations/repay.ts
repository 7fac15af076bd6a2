import { type Address, maxUint256 } from 'viem'
import { contractCall } from '../chain/contractCall'
import type { Call } from '../chain/types'
import type { AaveMarket } from '../deploy/types'
import { type RateMode, rateModes } from './rateModes'
import { reserveOf } from './reserveOf'

export interface RepayInput {
  readonly account: Address
  readonly asset: string
  /** All of the debt when absent, which Aave allows for the account's own debt only. */
  readonly amount?: bigint
  readonly onBehalfOf?: Address
  readonly rateMode?: RateMode
  /** Pay with the account's own aTokens instead of the underlying. */
  readonly withATokens?: boolean
}

/** Repays debt; the pool must be approved for the token unless aTokens pay. */
export function repay(market: AaveMarket, input: RepayInput): Call {
  const {
    account,
    asset,
    amount = maxUint256,
    onBehalfOf = account,
    rateMode = 'variable',
    withATokens = false,
  } = input
  const token = reserveOf(market, asset).underlying.address
  return withATokens
    ? contractCall(account, market.pool, 'repayWithATokens', [token, amount, rateModes[rateMode]])
    : contractCall(account, market.pool, 'repay', [token, amount, rateModes[rateMode], onBehalfOf])
}
