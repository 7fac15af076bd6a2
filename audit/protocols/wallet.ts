import type { Address } from 'viem'
import { erc20Abi } from '../../abis/erc20'
import { rebasingTokenAbi } from '../../abis/rebasingToken'
import type { Auditor, Expectation } from '../types'

const protocol = 'wallet'

/** Balances of every token that is followed, or shares of those that rebase. */
export const auditWallet: Auditor = ({ facts, accounts }) => {
  const rebasing = new Set(
    facts.markets.filter((row) => row.protocol === protocol && row.kind === 'rebasing').map(({ market }) => market),
  )
  return facts.positions
    .filter((row) => row.protocol === protocol && accounts.includes(row.account as Address))
    .map(({ market, account, raw }): Expectation => {
      const view = rebasing.has(market)
        ? { abi: rebasingTokenAbi, functionName: 'sharesOf' }
        : { abi: erc20Abi, functionName: 'balanceOf' }
      return {
        ...{ protocol, subject: account, figure: `balance of ${market}`, expected: raw },
        view: { address: market as Address, ...view, args: [account] },
      }
    })
}
