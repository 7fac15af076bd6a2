import { type Address, maxUint256 } from 'viem'
import { contractCall } from '../chain/contractCall'
import type { Call, Contract } from '../chain/types'

/** Lets `spender` take any amount of the account's tokens. */
export function approve(token: Contract, account: Address, spender: Address): Call {
  return contractCall(account, token, 'approve', [spender, maxUint256])
}
