import type { Address } from 'viem'
import { contractCall } from '../chain/contractCall'
import type { Call, Contract } from '../chain/types'

/** Redeems shares of an ERC-4626 vault for its asset. */
export function redeemFromVault(vault: Contract, account: Address, shares: bigint): Call {
  return contractCall(account, vault, 'redeem', [shares, account, account])
}
