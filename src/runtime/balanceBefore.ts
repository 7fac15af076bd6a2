import type { Address } from 'viem'
import { erc20Abi } from '../../abis/erc20'
import type { Facts } from './facts'

/** Asks a token for balances at the end of the block before the event's. */
export function balanceBefore({ views, stamp }: Facts, token: Address): (account: Address) => Promise<bigint> {
  const read = {
    address: token,
    abi: erc20Abi,
    functionName: 'balanceOf',
    blockNumber: stamp.blockNumber - 1n,
  } as const
  return (account) => views.readContract({ ...read, args: [account] })
}
