import type { Address } from 'viem'
import { erc20Abi } from '../../abis/erc20'
import { rebasingTokenAbi } from '../../abis/rebasingToken'
import type { Auditor, Expectation } from '../types'

const protocol = 'wallet'

/** Accounts by their balance of every token that is followed, or their shares of those that rebase. */
export const auditWallet: Auditor = ({ facts, holdings, accounts }) =>
  facts.markets.flatMap(({ market, kind, ...row }): Expectation[] => {
    if (row.protocol !== protocol) return []
    const view =
      kind === 'rebasing'
        ? { abi: rebasingTokenAbi, functionName: 'sharesOf' }
        : { abi: erc20Abi, functionName: 'balanceOf' }
    return accounts.flatMap((account) => {
      const expected = holdings({ protocol, contract: market, market, account, side: 'supply' })
      const asked = { address: market as Address, ...view, args: [account] }
      return expected === null
        ? []
        : [{ protocol, subject: account, figure: `balance of ${market}`, view: asked, expected }]
    })
  })
