/** Comets that are older than the first indexed block: what an account had there before anything happened to it. */
import type { Address } from 'viem'
import { cometAbi as abi } from '../../../../abis/compound-v3/comet'
import { standingBefore } from '../../../positions/standingBefore'
import { writeOpening } from '../../../positions/writeOpening'
import { askAll } from '../../../runtime/askAll'
import type { Facts } from '../../../runtime/facts'
import { indexer } from '../../../runtime/indexer'
import { onSetup } from '../../../runtime/onSetup'
import { PROTOCOL } from '../keys'
import { isKnown, type UserBasic, writeAccount, writeCollateral } from './accounts'

const { comets } = indexer.resolved.compoundV3

type UserCollateral = readonly [bigint, bigint]

export function isOlder(comet: Address): boolean {
  return comets.some((one) => one.comet === comet && one.isOlder)
}

/**
 * Writes all that accounts without rows had before the block of the facts. All of it: what is pledged without what is owed, or the other way round, would be worth something else.
 * @param onlyIfAny leaves out whoever had nothing.
 */
export async function ensureAccounts(
  facts: Facts,
  comet: Address,
  accounts: readonly Address[],
  onlyIfAny = false,
): Promise<void> {
  const { startBlock, assets } = comets.find((one) => one.comet === comet)!
  if (!isOlder(comet)) return
  const known = await Promise.all(accounts.map((account) => isKnown(facts, comet, account)))
  const unknown = accounts.filter((_, index) => !known[index])
  if (unknown.length === 0) return
  const standing = await standingBefore(facts, startBlock)
  const view = (functionName: string, ...args: readonly Address[]) => ({ address: comet, abi, functionName, args })
  const answers = await askAll(
    standing.views,
    unknown.flatMap((account) => [
      view('userBasic', account),
      ...assets.map((asset) => view('userCollateral', account, asset)),
    ]),
  )
  for (const [index, account] of unknown.entries()) {
    const [basic, ...pledged] = answers.slice(index * (1 + assets.length), (index + 1) * (1 + assets.length))
    const balances = (pledged as readonly UserCollateral[]).map(([balance]) => balance)
    const [principal] = basic as UserBasic
    if (onlyIfAny && principal === 0n && balances.every((balance) => balance === 0n)) continue
    await writeAccount(standing, comet, account, basic as UserBasic)
    for (const [place, balance] of balances.entries())
      if (balance > 0n) await writeCollateral(standing, comet, { account, asset: assets[place]!, balance })
  }
}

export const beforeHandlers = [
  onSetup('Comet', async (facts) => {
    for (const { comet, isOlder, startBlock } of comets)
      if (isOlder) await writeOpening(facts, PROTOCOL, comet, startBlock)
  }),
]
