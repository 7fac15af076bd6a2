import type { Address } from 'viem'
import { market, marketParameters, type marketState } from '../../../../ponder.schema'
import { changeMarketState } from '../../../positions/write'
import type { Facts } from '../../../runtime/facts'
import { initialState } from '../initial'
import { PROTOCOL, reserveKey } from '../keys'
import { type Accrual, accruedIndexes, type Indexes, treasuryShare } from '../transitions'

export type ReserveState = typeof marketState.$inferSelect
type Changeable = Omit<ReserveState, 'chainId' | 'protocol' | 'market' | 'blockNumber' | 'blockTimestamp'>

/**
 * Changes a reserve's state.
 * @param next given the state, and the scaled variable debt at the end of the block before, on which interest in this block is computed.
 */
export async function changeReserveState(
  facts: Facts,
  market: string,
  next: (state: Readonly<Changeable>, debtBefore: bigint) => Partial<Changeable>,
): Promise<void> {
  const initial = initialState(facts.stamp.blockTimestamp)
  await changeMarketState(facts, { protocol: PROTOCOL, market }, initial, (state, isNewBlock) => {
    if (!isNewBlock) return next(state, state.totalBorrowBefore ?? 0n)
    const totalBorrowBefore = state.totalBorrow
    return { totalBorrowBefore, ...next(state, totalBorrowBefore) }
  })
}

/** The reserve's share of interest that goes to the treasury, in basis points. */
export async function reserveFactorOf({ store, stamp }: Facts, pool: Address, asset: Address): Promise<bigint> {
  const row = await store.find(marketParameters, { chainId: stamp.chainId, ...reserveKey(pool, asset) })
  return (row?.reserveFactor as bigint | null | undefined) ?? 0n
}

/** When each reserve was last seen accrued, which is only a guess: a reorg may have taken that block back. */
const lastAccruals = new Map<string, bigint>()

/**
 * Takes over indexes and rates a pool has told. A block's first accrual gives the treasury its share; only that one needs the reserve factor, and the
 * others, of which a busy block has many, are spared the look for it.
 */
export async function takeAccrual(facts: Facts, pool: Address, asset: Address, accrual: Accrual): Promise<void> {
  const { market } = reserveKey(pool, asset)
  const isLikelyLater = lastAccruals.get(market) === accrual.accruedAt
  if (isLikelyLater && (await hasTaken(facts, market, accrual, null))) return
  await hasTaken(facts, market, accrual, await reserveFactorOf(facts, pool, asset))
  lastAccruals.set(market, accrual.accruedAt)
}

/**
 * @param reserveFactor null if this is believed not to be the block's first accrual.
 * @returns false, with nothing taken over, if it is the first after all.
 */
async function hasTaken(
  facts: Facts,
  market: string,
  accrual: Accrual,
  reserveFactor: bigint | null,
): Promise<boolean> {
  let isTaken = true
  await changeReserveState(facts, market, (state, debtBefore) => {
    const isFirst = state.accruedAt < accrual.accruedAt
    isTaken = !isFirst || reserveFactor !== null
    if (!isTaken) return {}
    if (!isFirst) return accrual
    return { ...accrual, accruedToTreasury: toTreasury(state, debtBefore, accrual, reserveFactor ?? 0n) }
  })
  return isTaken
}

/**
 * Accrues a reserve to now where its pool does so without a ReserveDataUpdated: before a change of the reserve factor, and when a
 * liquidator takes aTokens. Only pools since 3.5 do.
 */
export async function accrueSilently(
  facts: Facts,
  pool: Address,
  asset: Address,
  reserveFactor: bigint,
): Promise<void> {
  const { store, stamp } = facts
  const key = reserveKey(pool, asset)
  const reserve = await store.find(market, { chainId: stamp.chainId, ...key })
  if (reserve?.receiptRounding !== 'directed') return
  await changeReserveState(facts, key.market, (state, debtBefore) => {
    if (state.accruedAt === stamp.blockTimestamp) return {}
    const indexes = accruedIndexes(state, debtBefore, stamp.blockTimestamp)
    const accruedToTreasury = toTreasury(state, debtBefore, indexes, reserveFactor)
    return { ...indexes, accruedToTreasury, accruedAt: stamp.blockTimestamp }
  })
}

/** The treasury's claim after interest up to the given indexes; unknown stays unknown. */
export function toTreasury(
  state: Readonly<Changeable>,
  debtBefore: bigint,
  indexes: Indexes,
  reserveFactor: bigint,
): bigint | null {
  const { accruedToTreasury } = state
  if (accruedToTreasury === null) return null
  return accruedToTreasury + treasuryShare(debtBefore, state, indexes, reserveFactor)
}
