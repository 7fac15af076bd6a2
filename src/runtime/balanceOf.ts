import type { Address } from 'viem'
import { erc20Abi } from '../../abis/erc20'
import type { Views } from './facts'

/** How a token is asked what an account has. */
export function balanceOf(token: Address): (views: Views, account: Address) => Promise<bigint> {
  const read = { address: token, abi: erc20Abi, functionName: 'balanceOf' } as const
  return (views, account) => views.readContract({ ...read, args: [account] })
}
