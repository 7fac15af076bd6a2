/** Notes whom and what the events of a block named. Nothing is asked until all of them are known. */
import type { Address } from 'viem'
import { pendingRead } from '../../../../ponder.schema'
import type { Facts } from '../../../runtime/facts'
import { viewsAt } from '../../../runtime/viewsAt'
import { readComet } from './readComet'

/** Stands in the list of every touched block: totals are always read. */
const TOTALS = 'totals'

type Waiting = { readonly blockNumber: bigint; readonly blockTimestamp: bigint; readonly touched: readonly string[] }

async function waitingFor({ store, stamp }: Facts, comet: Address): Promise<Waiting | null> {
  return (await store.find(pendingRead, { chainId: stamp.chainId, contract: comet })) as Waiting | null
}

async function write({ store, stamp }: Facts, comet: Address, touched: readonly string[]): Promise<void> {
  const row = { blockNumber: stamp.blockNumber, blockTimestamp: stamp.blockTimestamp, touched }
  await store
    .insert(pendingRead)
    .values({ chainId: stamp.chainId, contract: comet, ...row })
    .onConflictDoUpdate(() => row)
}

/** What this block's events have named so far. What an earlier block still waits for is read first, as it stood there. */
async function touchedNow(facts: Facts, comet: Address): Promise<readonly string[]> {
  const waiting = await waitingFor(facts, comet)
  if (waiting === null || waiting.touched.length === 0) return []
  const { blockNumber, blockTimestamp, touched } = waiting
  if (blockNumber === facts.stamp.blockNumber) return touched
  const stamp = { ...facts.stamp, blockNumber, blockTimestamp }
  await readComet({ ...facts, stamp, views: viewsAt(facts.views, blockNumber) }, comet, touched)
  return []
}

/**
 * To be read at the end of this block: the totals, accounts, and where an asset is named (`account:asset`) what they pledge of it. That is done at
 * the block's end where there is a block handler, else when the next block is touched.
 */
export async function touch(facts: Facts, comet: Address, touched: readonly string[]): Promise<void> {
  const named = await touchedNow(facts, comet)
  await write(facts, comet, [...new Set([...named, TOTALS, ...touched])])
}

/** What this block's events named, for whoever reads it now; nothing waits afterwards. */
export async function takeTouched(facts: Facts, comet: Address): Promise<readonly string[]> {
  const touched = await touchedNow(facts, comet)
  const waiting = await waitingFor(facts, comet)
  if (waiting !== null && waiting.touched.length > 0) await write(facts, comet, [])
  return touched
}
