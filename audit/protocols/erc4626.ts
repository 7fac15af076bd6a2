import type { Address } from 'viem'
import { erc4626VaultAbi } from '../../abis/erc4626/vault'
import { vaultTerms } from '../../src/api/protocols/vaultTerms'
import { assetsDown } from '../../src/math/vaultRates'
import type { Auditor, Expectation } from '../types'

const protocol = 'erc4626'

/** Vaults whose rate follows from facts by their own conversion; accounts by their shares of every vault. */
export const auditErc4626: Auditor = ({ facts, accounts, time }) =>
  facts.vaults.flatMap((vault): Expectation[] => {
    const address = vault.vault as Address
    const state = facts.vaultStates.find((row) => row.vault === vault.vault)
    const terms = vaultTerms(facts, vault, time)
    const of = (subject: string, figure: string, functionName: string, expected: unknown, ...args: unknown[]) => ({
      ...{ protocol, subject, figure, expected },
      view: { address, abi: erc4626VaultAbi, functionName, args },
    })
    const held = (account: string) =>
      facts.positions.find((row) => row.protocol === protocol && row.market === vault.vault && row.account === account)
        ?.raw ?? '0'
    const isExact = terms.kind === 'known' && terms.ageSeconds === null && state?.status === 'ok'
    // As many shares as there are: a rate that is off by anything shows.
    const shares = BigInt(state?.totalSupply ?? '0')
    return [
      ...(isExact
        ? [
            of(vault.vault, 'shares', 'totalSupply', shares),
            of(vault.vault, 'what all shares are worth', 'convertToAssets', assetsDown(shares, terms.rate), shares),
          ]
        : []),
      ...accounts.map((account) => of(account, `shares of ${vault.vault}`, 'balanceOf', held(account), account)),
    ]
  })
