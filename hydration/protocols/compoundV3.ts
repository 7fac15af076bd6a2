import { cometAbi } from '../../abis/compound-v3/comet'
import { assetsHeld, sidesOf } from '../../src/protocols/compound-v3/transitions'
import type { Hydrator, Reading } from '../types'

const protocol = 'compound-v3'

/** Principal of an account in a Comet, the bits of the assets it holds there, and what it pledges of each. */
export const hydrateCompoundV3: Hydrator = ({ facts, contract: comet, account }) => {
  const own = facts.markets.filter((row) => row.protocol === protocol && row.unit === comet)
  if (own.length === 0) return null
  const pledged = own.filter(({ kind }) => kind === 'collateral')
  const read = { address: comet, abi: cometAbi }
  return [
    {
      views: [{ ...read, functionName: 'userBasic', args: [account] }],
      baselines: ([basic]) => {
        const [principal, , , assetsIn, reserved] = basic as readonly [bigint, bigint, bigint, number, number]
        const sides = Object.entries({ ...sidesOf(principal), collateralBitmap: assetsHeld(assetsIn, reserved) })
        return sides.map(([side, raw]) => ({ protocol, market: comet, side, raw }))
      },
    },
    ...pledged.map(
      ({ market, token }): Reading => ({
        views: [{ ...read, functionName: 'userCollateral', args: [account, token] }],
        baselines: ([held]) => [{ protocol, market, side: 'collateral', raw: (held as readonly [bigint, bigint])[0] }],
      }),
    ),
  ]
}
