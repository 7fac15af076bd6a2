/** One look at a Comet at the end of a block: its totals, and whoever the block's events named, in as few calls as possible. */
import type { Address } from 'viem'
import { cometAbi as abi } from '../../../../abis/compound-v3/comet'
import { erc20Abi } from '../../../../abis/erc20'
import { market } from '../../../../ponder.schema'
import { askMany } from '../../../runtime/askMany'
import type { Facts } from '../../../runtime/facts'
import { indexer } from '../../../runtime/indexer'
import type { Read } from '../../../runtime/read'
import { baseKey, TERMS } from '../keys'
import { type UserBasic, writeAccount, writeCollateral } from './accounts'
import { ensureAccounts } from './before'
import { type TotalsBasic, writeBase, writePledged, writeRefusal } from './state'
import { writeTerms } from './terms'

/**
 * Reads a Comet at the end of the facts' block and writes what differs.
 * @param touched what the block's events named: accounts, `account:asset`, and words without a meaning here.
 * @returns whether interest was accrued in the block; false also where there is no Comet yet.
 */
export async function readComet(facts: Facts, comet: Address, touched: readonly string[]): Promise<boolean> {
  const { store, stamp, views } = facts
  const known = await store.find(market, { chainId: stamp.chainId, ...baseKey(comet) })
  const terms = known === null || touched.includes(TERMS) ? await writeTerms(facts, comet) : null
  if (known === null && terms === null) return false
  const baseToken = terms?.baseToken ?? (known!.token as Address)

  const pairs = touched.filter((entry) => entry.includes(':')).map((entry) => entry.split(':') as [Address, Address])
  const accounts = [...new Set(touched.flatMap((entry) => (entry.startsWith('0x') ? [entry.slice(0, 42)] : [])))]
  await ensureAccounts(facts, comet, accounts as Address[])
  const assets = [...new Set([...(terms?.assets ?? []), ...pairs.map(([, asset]) => asset)])]
  const view = (functionName: string, ...args: readonly unknown[]): Read => ({
    ...{ address: comet, abi, functionName, args },
  })
  const answers = await askMany(views, indexer.resolved.multicall3, [
    view('totalsBasic'),
    { ...view('balanceOf', comet), address: baseToken, abi: erc20Abi },
    ...assets.map((asset) => view('totalsCollateral', asset)),
    ...accounts.map((account) => view('userBasic', account)),
    ...pairs.map(([account, asset]) => view('userCollateral', account, asset)),
  ])
  if (answers.includes(null)) {
    await writeRefusal(facts, comet)
    return false
  }
  const [totals, liquidity, ...rest] = answers as [TotalsBasic, bigint, ...unknown[]]
  await writeBase(facts, comet, totals, liquidity)
  for (const asset of assets) await writePledged(facts, comet, asset, (rest.shift() as readonly [bigint, bigint])[0])
  for (const account of accounts) await writeAccount(facts, comet, account as Address, rest.shift() as UserBasic)
  for (const [account, asset] of pairs) {
    const [balance] = rest.shift() as readonly [bigint, bigint]
    await writeCollateral(facts, comet, { account, asset, balance })
  }
  return BigInt(totals.lastAccrualTime) === stamp.blockTimestamp
}
