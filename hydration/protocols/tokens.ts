/** What is one balance per contract: tokens held plainly, shares of vaults, and shares to be redeemed. */
import { erc20Abi } from '../../abis/erc20'
import { asyncVaultAbi } from '../../abis/erc4626/asyncVault'
import { rebasingTokenAbi } from '../../abis/rebasingToken'
import type { Hydrator } from '../types'

const side = 'supply'

export const hydrateWallet: Hydrator = ({ facts, contract: market, account }) => {
  const isRebasing = facts.markets.some(
    (row) => row.protocol === 'wallet' && row.market === market && row.kind === 'rebasing',
  )
  const balance = isRebasing
    ? { abi: rebasingTokenAbi, functionName: 'sharesOf' }
    : { abi: erc20Abi, functionName: 'balanceOf' }
  return [
    {
      views: [{ address: market, ...balance, args: [account] }],
      baselines: ([raw]) => [{ protocol: 'wallet', market, side, raw: raw as bigint }],
    },
  ]
}

export const hydrateErc4626: Hydrator = ({ contract: market, account }) => [
  {
    views: [{ address: market, abi: erc20Abi, functionName: 'balanceOf', args: [account] }],
    baselines: ([raw]) => [{ protocol: 'erc4626', market, side, raw: raw as bigint }],
  },
]

/** Under it a vault that does not number its requests has all of them. */
const ALL_REQUESTS = 0n

export const hydrateErc7540: Hydrator = ({ contract: market, account }) => [
  {
    views: ['pendingRedeemRequest', 'claimableRedeemRequest'].map((functionName) => ({
      address: market,
      abi: asyncVaultAbi,
      functionName,
      args: [ALL_REQUESTS, account],
    })),
    baselines: ([pending, claimable]) => [
      { protocol: 'erc7540', market, side, raw: (pending as bigint) + (claimable as bigint) },
    ],
  },
]
