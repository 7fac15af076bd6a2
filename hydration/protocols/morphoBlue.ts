import type { Hex } from 'viem'
import { morphoBlueAbi } from '../../abis/morpho-blue/morpho'
import type { Hydrator, Reading } from '../types'

const protocol = 'morpho-blue'

/** Shares and collateral of an account in every market of a contract. */
export const hydrateMorphoBlue: Hydrator = ({ facts, contract, account }) => {
  const own = facts.markets.filter((row) => row.protocol === protocol)
  const isOnly = own.filter(({ kind }) => kind === 'pool').length === 1
  return own
    .filter(({ kind, market }) => kind === 'market' && (isOnly || market.startsWith(`${contract}:`)))
    .map(({ market }): Reading => {
      const id = market.slice(market.indexOf(':') + 1) as Hex
      return {
        views: [{ address: contract, abi: morphoBlueAbi, functionName: 'position', args: [id, account] }],
        baselines: ([position]) => {
          const [supply, borrow, collateral] = position as readonly [bigint, bigint, bigint]
          return Object.entries({ supply, borrow, collateral }).map(([side, raw]) => ({ protocol, market, side, raw }))
        },
      }
    })
}
