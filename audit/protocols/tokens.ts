import type { Address } from 'viem'
import { erc20Abi } from '../../abis/erc20'
import type { Auditor, Expectation } from '../types'

/** Every token of every market by its decimals, for each protocol that has it. */
export const auditTokens: Auditor = ({ facts }) => {
  const decimals = new Map(facts.tokens.map((row) => [row.address, row.decimals]))
  const used = facts.markets.flatMap(({ protocol, token, collateralToken }) =>
    [token, collateralToken].flatMap((address) => (address === null ? [] : [`${protocol} ${address}`])),
  )
  return [...new Set(used)].flatMap((entry): Expectation[] => {
    const [protocol, token] = entry.split(' ') as [string, Address]
    const expected = decimals.get(token)
    if (expected === undefined) return []
    const view = { address: token, abi: erc20Abi, functionName: 'decimals' }
    return [{ protocol, subject: token, figure: 'decimals', view, expected }]
  })
}
