/** Totals, indexes and rates of a Comet and its collateral, as rows; a row is written only where something changed. */
import type { Address } from 'viem'
import { marketParameters, marketState } from '../../../../ponder.schema'
import { changeMarketParameters, changeMarketState } from '../../../positions/write'
import type { Facts, Row } from '../../../runtime/facts'
import { baseKey, collateralKey } from '../keys'
import { type BaseTotals, flagsOf, rateAt, utilization } from '../transitions'
import { curvesIn, emptyParameters } from './terms'

/** `totalsBasic()`. */
export type TotalsBasic = BaseTotals & { readonly lastAccrualTime: number; readonly pauseFlags: number }

const isSame = (row: Row | null, values: Row) =>
  row !== null && Object.entries(values).every(([column, value]) => row[column] === value)

/** @param liquidity base tokens the contract holds. */
export async function writeBase(facts: Facts, comet: Address, totals: TotalsBasic, liquidity: bigint): Promise<void> {
  const { store, stamp } = facts
  const key = baseKey(comet)
  const parameters = (await store.find(marketParameters, { chainId: stamp.chainId, ...key }))!
  const flags = flagsOf(totals.pauseFlags)
  if (parameters.flags !== flags) await changeMarketParameters(facts, key, emptyParameters, () => ({ flags }))
  const { supply, borrow } = curvesIn(parameters.rateCurve as Readonly<Record<string, string>>)
  const used = utilization(totals)
  const values = {
    supplyIndex: totals.baseSupplyIndex,
    borrowIndex: totals.baseBorrowIndex,
    supplyRate: rateAt(supply, used),
    borrowRate: rateAt(borrow, used),
    totalSupply: totals.totalSupplyBase,
    totalBorrow: totals.totalBorrowBase,
    liquidity,
    accruedAt: BigInt(totals.lastAccrualTime),
  }
  if (isSame(await store.find(marketState, { chainId: stamp.chainId, ...key }), values)) return
  await changeMarketState(facts, key, values, () => values)
}

/** It no longer answers what it has answered before: from here on nothing is known of it, until it answers again. */
export async function writeRefusal(facts: Facts, comet: Address): Promise<void> {
  const key = baseKey(comet)
  const row = await facts.store.find(marketParameters, { chainId: facts.stamp.chainId, ...key })
  if (row?.flags !== REFUSED) await changeMarketParameters(facts, key, emptyParameters, () => ({ flags: REFUSED }))
}

const REFUSED = 'refused'

/** Collateral is not lent on: all of it can leave. */
export async function writePledged(facts: Facts, comet: Address, asset: Address, total: bigint): Promise<void> {
  const { store, stamp } = facts
  const key = collateralKey(comet, asset)
  const row = await store.find(marketState, { chainId: stamp.chainId, ...key })
  if (row?.totalSupply === total) return
  const values = {
    supplyIndex: 0n,
    borrowIndex: 0n,
    supplyRate: 0n,
    borrowRate: 0n,
    totalSupply: total,
    totalBorrow: 0n,
    liquidity: total,
    accruedAt: stamp.blockTimestamp,
  }
  await changeMarketState(facts, key, values, () => values)
}
