import type { Address } from 'viem'
import { contractCall } from '../chain/contractCall'
import type { Call, Contract } from '../chain/types'

/** Deposits assets into an ERC-4626 vault that is approved for them. */
export function depositToVault(vault: Contract, account: Address, assets: bigint, receiver: Address = account): Call {
  return contractCall(account, vault, 'deposit', [assets, receiver])
}
