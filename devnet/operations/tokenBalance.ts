import type { Address } from 'viem'
import { readContract } from '../chain/readContract'
import type { BlockChoice, Contract, LocalChain } from '../chain/types'

/** `balanceOf` of a token, an aToken (with interest), a debt token (with interest) or a vault's shares. */
export function tokenBalance(
  chain: Pick<LocalChain, 'client'>,
  token: Contract,
  account: Address,
  block?: BlockChoice,
): Promise<bigint> {
  return readContract<bigint>(chain, token, 'balanceOf', [account], block)
}
