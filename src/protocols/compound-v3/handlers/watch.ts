/** Every Comet at the end of every block near the head. */
import type { Address } from 'viem'
import type { Facts } from '../../../runtime/facts'
import { indexer } from '../../../runtime/indexer'
import { onBlock } from '../../../runtime/onBlock'
import { addressesIn } from '../transitions'
import { isKnown } from './accounts'
import { readComet } from './readComet'
import { takeTouched } from './touch'

/** Everybody whom the block's transactions name: senders, receivers, and arguments of their calls. */
async function namedIn({ views, stamp }: Facts): Promise<readonly Address[]> {
  const { transactions } = await views.getBlock({ blockNumber: stamp.blockNumber, includeTransactions: true })
  const named = transactions.flatMap(({ from, to, input }) => [from, to ?? [], addressesIn(input)].flat())
  return [...new Set(named.map((address) => address.toLowerCase() as Address))]
}

/**
 * Base tokens sent by or to somebody who owes move debts without any event of their own. It shows only in that interest was accrued; then whoever
 * has anything to do with this Comet and is named in the block is looked at.
 */
async function readSilent(facts: Facts, comet: Address, named: readonly Address[], touched: readonly string[]) {
  const silent: Address[] = []
  for (const account of named) {
    if (!touched.includes(account) && (await isKnown(facts, comet, account))) silent.push(account)
  }
  if (silent.length > 0) await readComet(facts, comet, silent)
}

export const watchHandlers = [
  onBlock('CometWatch', async (facts) => {
    let named: readonly Address[] | null = null
    for (const { comet, startBlock } of indexer.resolved.compoundV3.comets) {
      if (facts.stamp.blockNumber < BigInt(startBlock)) continue
      const touched = await takeTouched(facts, comet)
      const hasAccrued = await readComet(facts, comet, touched)
      if (!hasAccrued) continue
      named ??= await namedIn(facts)
      await readSilent(facts, comet, named, touched)
    }
  }),
]
