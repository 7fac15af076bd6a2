import type { Address } from 'viem'
import { erc4626VaultAbi } from '../../abis/erc4626/vault'
import { vaultTerms } from '../../src/api/protocols/vaultTerms'
import { assetsDown } from '../../src/math/vaultRates'
import type { Auditor, Expectation } from '../types'

const protocol = 'erc4626'

/** Vaults whose rate follows from facts by their own conversion; accounts by their shares of every vault. */
export const auditErc4626: Auditor = ({ facts, holdings, accounts, time }) =>
  facts.vaults.flatMap(({ vault, ...row }): Expectation[] => {
    const state = facts.vaultStates.find((entry) => entry.vault === vault)
    const terms = vaultTerms(facts, { vault, ...row }, time)
    const of = (subject: string, figure: string, functionName: string, expected: unknown, ...args: unknown[]) => ({
      ...{ protocol, subject, figure, expected },
      view: { address: vault as Address, abi: erc4626VaultAbi, functionName, args },
    })
    // What is followed by interval says what the vault said, at an instant that has passed.
    const isExact = terms.kind === 'known' && terms.ageSeconds === null && state !== undefined
    // As many shares as there are: a rate that is off by anything shows.
    const shares = BigInt(state?.totalSupply ?? '0')
    return [
      ...(isExact
        ? [
            of(vault, 'shares', 'totalSupply', shares),
            of(vault, 'what all shares are worth', 'convertToAssets', assetsDown(shares, terms.rate), shares),
          ]
        : []),
      ...accounts.flatMap((account) => {
        const expected = holdings({ protocol, contract: vault, market: vault, account, side: 'supply' })
        return expected === null ? [] : [of(account, `shares of ${vault}`, 'balanceOf', expected, account)]
      }),
    ]
  })
