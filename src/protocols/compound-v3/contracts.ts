import { cometAbi } from '../../../abis/compound-v3/comet'
import type { Sources } from '../protocol'
import type { ResolvedCompoundV3 } from './types'

/** The events of every Comet, and a look at each at the end of every block: it accrues, and moves debts, without any event. */
export function compoundV3Sources({ comets, pollFrom }: ResolvedCompoundV3): Sources {
  if (comets.length === 0) return {}
  const startBlock = Math.min(...comets.map((comet) => comet.startBlock))
  return {
    contracts: { Comet: { abi: cometAbi, address: comets.map(({ comet }) => comet), startBlock } },
    blocks: { CometWatch: { interval: 1, startBlock: Math.max(pollFrom, startBlock) } },
  }
}
