/** Every Comet at the end of every block near the head. */
import type { Address } from 'viem'
import type { Facts } from '../../../runtime/facts'
import { indexer } from '../../../runtime/indexer'
import { onBlock } from '../../../runtime/onBlock'
import { addressesIn } from '../transitions'
import { isKnown } from './accounts'
import { ensureAccounts, isOlder } from './before'
import { readComet } from './readComet'
import { takeTouched } from './touch'

/** Everybody whom each of the block's transactions names: sender, receiver, and arguments of its call. */
async function namedIn({ views, stamp }: Facts): Promise<readonly (readonly Address[])[]> {
  const { transactions } = await views.getBlock({ blockNumber: stamp.blockNumber, includeTransactions: true })
  return transactions.map(({ from, to, input }) =>
    [from, to ?? [], addressesIn(input)].flat().map((address) => address.toLowerCase() as Address),
  )
}

/**
 * Base tokens sent by or to somebody who owes move debts without any event of their own. It shows only in that interest was accrued; then whoever
 * has anything to do with this Comet and is named in the block is looked at. In one that is older than the index that may be anybody, so there whoever is named together with it.
 */
async function readSilent(
  facts: Facts,
  comet: Address,
  named: readonly (readonly Address[])[],
  touched: readonly string[],
) {
  const others = (lists: readonly (readonly Address[])[]) =>
    [...new Set(lists.flat())].filter((account) => !touched.includes(account))
  if (isOlder(comet)) await ensureAccounts(facts, comet, others(named.filter((list) => list.includes(comet))), true)
  const silent: Address[] = []
  for (const account of others(named)) {
    if (await isKnown(facts, comet, account)) silent.push(account)
  }
  if (silent.length > 0) await readComet(facts, comet, silent)
}

export const watchHandlers = [
  onBlock('CometWatch', async (facts) => {
    let named: readonly (readonly Address[])[] | null = null
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
