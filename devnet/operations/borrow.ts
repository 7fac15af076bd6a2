import type { Address } from 'viem'
import { contractCall } from '../chain/contractCall'
import type { Call } from '../chain/types'
import type { AaveMarket } from '../deploy/types'
import { type RateMode, rateModes } from './rateModes'
import { reserveOf } from './reserveOf'

export interface BorrowInput {
  readonly account: Address
  readonly asset: string
  readonly amount: bigint
  /** Who owes the debt and has delegated credit to the account; the account itself when absent. */
  readonly onBehalfOf?: Address
  readonly rateMode?: RateMode
}

/** Borrows from a reserve. */
export function borrow(
  market: AaveMarket,
  { account, asset, amount, onBehalfOf = account, rateMode = 'variable' }: BorrowInput,
): Call {
  const token = reserveOf(market, asset).underlying.address
  return contractCall(account, market.pool, 'borrow', [token, amount, rateModes[rateMode], 0, onBehalfOf])
}
