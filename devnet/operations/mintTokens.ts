import type { Address } from 'viem'
import { contractCall } from '../chain/contractCall'
import type { Call, Contract } from '../chain/types'

/** Mints a test token into a wallet. */
export function mintTokens(token: Contract, account: Address, amount: bigint): Call {
  return contractCall(account, token, 'mint', [account, amount])
}
