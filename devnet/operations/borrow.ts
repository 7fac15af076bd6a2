import type { Address } from 'viem'
import type { AssetSymbol } from '../assets'
import { contractCall } from '../chain/contractCall'
import type { Call } from '../chain/types'
import type { AaveMarket } from '../deploy/types'
import { type RateMode, rateModes } from './rateModes'

export interface BorrowInput {
  readonly account: Address
  readonly asset: AssetSymbol
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
  const token = market.reserves[asset].underlying.address
  return contractCall(account, market.pool, 'borrow', [token, amount, rateModes[rateMode], 0, onBehalfOf])
}
