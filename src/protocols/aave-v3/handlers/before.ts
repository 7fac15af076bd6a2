/** Markets that are older than the first indexed block: what stood then, and what an account had before its first event. */
import type { Address } from 'viem'
import { aaveV3PoolAbi } from '../../../../abis/aave-v3/pool'
import { aaveV3ScaledTokenAbi } from '../../../../abis/aave-v3/scaledToken'
import { aaveV3StableDebtTokenAbi } from '../../../../abis/aave-v3/stableDebtToken'
import { lendingAccount, marketToken, position, reserveSlot } from '../../../../ponder.schema'
import { requireFeed } from '../../../positions/pollFeed'
import {
  changeLendingAccount,
  changeMarket,
  changeMarketParameters,
  changeMarketState,
  changePosition,
} from '../../../positions/write'
import { writeOpening } from '../../../positions/writeOpening'
import { writeToken } from '../../../positions/writeToken'
import type { Facts, Key } from '../../../runtime/facts'
import { indexer } from '../../../runtime/indexer'
import { onSetup } from '../../../runtime/onSetup'
import { collateralBitmap, decodeConfiguration, usedBits } from '../configuration'
import { initialAccount, initialEmodeParameters, initialMarket, initialParameters } from '../initial'
import { emodeKey, PROTOCOL, poolKey, reserveKey } from '../keys'
import { roundingOf } from '../transitions'
import type { CategoryBefore, ReserveBefore, ResolvedAaveV3 } from '../types'
import { changeCategory } from './category'

const deployments = indexer.resolved.aaveV3
const olderPools = new Map(
  deployments.flatMap(({ pool, before }) =>
    before === null || before.reserves.length === 0 ? [] : [[pool, before.reserves] as const],
  ),
)
const olderTokens = new Set(
  deployments.flatMap(({ before }) =>
    (before?.reserves ?? []).flatMap(({ aToken, variableDebtToken, stableDebtToken }) => [
      aToken,
      variableDebtToken,
      stableDebtToken,
    ]),
  ),
)

/** An account's scaled balance of a token before its first event; nothing where the token is no older than the index. */
export async function balanceBefore(facts: Facts, token: Address, account: Address, key: Key): Promise<bigint> {
  const { store, stamp, views } = facts
  if (!olderTokens.has(token)) return 0n
  if ((await store.find(position, { chainId: stamp.chainId, ...key })) !== null) return 0n
  const read = { address: token, abi: aaveV3ScaledTokenAbi, functionName: 'scaledBalanceOf', args: [account] } as const
  return views.readContract({ ...read, blockNumber: stamp.blockNumber - 1n })
}

/** The rate of an account's stable debt before its first event. */
export async function stableRateBefore(facts: Facts, token: Address, account: Address, key: Key): Promise<bigint> {
  const { store, stamp, views } = facts
  if (!olderTokens.has(token)) return 0n
  if ((await store.find(position, { chainId: stamp.chainId, ...key })) !== null) return 0n
  const read = {
    address: token,
    abi: aaveV3StableDebtTokenAbi,
    functionName: 'getUserStableRate',
    args: [account],
  } as const
  return views.readContract({ ...read, blockNumber: stamp.blockNumber - 1n })
}

/**
 * Writes what an account had in a market before its first event there: flags, e-mode, debts, and what was pledged for them. Together, because one without
 * the other would be worth something else; what was supplied and not pledged is read at its own first event. Managers approved by then cannot be listed.
 */
export async function ensureAccount(facts: Facts, pool: Address, account: Address): Promise<void> {
  const { store, stamp, views } = facts
  const reserves = olderPools.get(pool)
  const key = { protocol: PROTOCOL, unit: pool, account }
  if (reserves === undefined || (await store.find(lendingAccount, { chainId: stamp.chainId, ...key })) !== null) return
  const read = { address: pool, abi: aaveV3PoolAbi, args: [account], blockNumber: stamp.blockNumber - 1n } as const
  const configuration = await views.readContract({ ...read, functionName: 'getUserConfiguration' })
  const emode = Number(await views.readContract({ ...read, functionName: 'getUserEMode' }))
  const row = { ...initialAccount, collateralBitmap: collateralBitmap(configuration), emode }
  await changeLendingAccount(facts, key, row, () => row)
  for (const reserve of reserves) {
    const bits = usedBits(configuration, reserve.id)
    const { market } = reserveKey(pool, reserve.asset)
    if (bits.collateral) await writeBalance(facts, reserve.aToken, { market, account, side: 'supply' })
    if (bits.borrowing) await writeBalance(facts, reserve.variableDebtToken, { market, account, side: 'borrow' })
    if (bits.borrowing && reserve.stableDebtToken !== null)
      await writeStableDebt(facts, reserve.stableDebtToken, { market, account, side: 'borrowStable' })
  }
}

type Side = { readonly market: string; readonly account: Address; readonly side: string }

async function writeBalance(facts: Facts, token: Address, side: Side): Promise<void> {
  const raw = await balanceBefore(facts, token, side.account, { protocol: PROTOCOL, ...side })
  if (raw === 0n) return
  const values = { raw, rate: null, accruedAt: null }
  await changePosition(facts, { protocol: PROTOCOL, ...side }, values, () => values)
}

async function writeStableDebt({ views, ...facts }: Facts, address: Address, side: Side): Promise<void> {
  const blockNumber = facts.stamp.blockNumber - 1n
  const read = { address, abi: aaveV3StableDebtTokenAbi, args: [side.account], blockNumber } as const
  const raw = await views.readContract({ ...read, functionName: 'principalBalanceOf' })
  if (raw === 0n) return
  const rate = await views.readContract({ ...read, functionName: 'getUserStableRate' })
  const accruedAt = BigInt(await views.readContract({ ...read, functionName: 'getUserLastUpdated' }))
  const values = { raw, rate, accruedAt }
  await changePosition({ views, ...facts }, { protocol: PROTOCOL, ...side }, values, () => values)
}

async function writeReserve(
  facts: Facts,
  pool: Address,
  reserve: ReserveBefore,
  namesCategory: boolean,
): Promise<void> {
  const { store, stamp } = facts
  const { chainId } = stamp
  const key = reserveKey(pool, reserve.asset)
  const receiptRounding = roundingOf('supply', reserve.aToken, reserve.receiptRevision)
  const debtRounding = roundingOf('borrow', reserve.variableDebtToken, reserve.debtRevision)
  const tokens = [
    { token: reserve.aToken, side: 'supply', rounding: receiptRounding },
    { token: reserve.variableDebtToken, side: 'borrow', rounding: debtRounding },
    ...(reserve.stableDebtToken === null
      ? []
      : [{ token: reserve.stableDebtToken, side: 'borrowStable', rounding: 'halfUp' }]),
  ]
  for (const token of tokens) await store.insert(marketToken).values({ chainId, ...key, ...token })
  await writeToken(facts, reserve.asset, reserve)
  if (reserve.source !== null) await requireFeed(facts, reserve.source)
  await changeMarket(facts, key, initialMarket('reserve', pool), () => ({
    token: reserve.asset,
    receipt: reserve.aToken,
    debtToken: reserve.variableDebtToken,
    stableDebtToken: reserve.stableDebtToken,
    oracle: reserve.source,
    marketIndex: reserve.id,
    receiptRevision: reserve.receiptRevision,
    debtRevision: reserve.debtRevision,
    receiptRounding,
    debtRounding,
  }))
  const parameters = { ...initialParameters, ...decodeConfiguration(BigInt(reserve.configuration), namesCategory) }
  await changeMarketParameters(facts, key, parameters, () => parameters)
  const { stable, ...state } = reserve.state
  const values = {
    ...(Object.fromEntries(Object.entries(state).map(([name, text]) => [name, BigInt(text)])) as Record<
      keyof typeof state,
      bigint
    >),
    // Only its further course since 3.5 follows from events.
    ...(receiptRounding === 'halfUp' && { accruedToTreasury: null }),
    totalBorrowBefore: BigInt(state.totalBorrow),
    stableBorrow: stable && BigInt(stable.principal),
    stableRate: stable && BigInt(stable.rate),
    stableAccruedAt: stable && BigInt(stable.accruedAt),
  }
  await changeMarketState(facts, key, values, () => values)
}

async function writeCategory(facts: Facts, pool: Address, category: CategoryBefore): Promise<void> {
  const key = emodeKey(pool, category.id)
  if (category.source !== null) await requireFeed(facts, category.source)
  await changeCategory(facts, pool, category)
  await changeMarketParameters(facts, key, initialEmodeParameters, () => ({
    maxLtv: BigInt(category.ltv),
    liquidationThreshold: BigInt(category.liquidationThreshold),
    liquidationIncentive: BigInt(category.liquidationBonus),
    collateralBitmap: BigInt(category.bitmaps?.collateral ?? 0),
    borrowableBitmap: BigInt(category.bitmaps?.borrowable ?? 0),
    ltvZeroBitmap: BigInt(category.bitmaps?.ltvZero ?? 0),
    priceSource: category.source,
  }))
}

/** Slots up to the highest id in use; those between that no reserve has are free to be given out. */
async function writeSlots({ store, stamp: { chainId } }: Facts, unit: Address, reserves: readonly ReserveBefore[]) {
  const count = Math.max(-1, ...reserves.map(({ id }) => id)) + 1
  for (let index = 0; index < count; index++) {
    const token = reserves.find(({ id }) => id === index)?.asset ?? null
    await store.insert(reserveSlot).values({ chainId, unit, index, token })
  }
}

async function writeMarket(facts: Facts, { pool, name, before }: ResolvedAaveV3): Promise<void> {
  if (before === null) return
  const { oracle, revision, reserves, categories } = before
  await changeMarket(facts, poolKey(pool), initialMarket('pool', pool), () => ({
    label: name,
    revision,
    oracle: oracle?.address ?? null,
    token: oracle?.baseCurrency ?? null,
    baseUnit: oracle === null ? null : BigInt(oracle.baseUnit),
  }))
  const namesCategory = categories.some(({ bitmaps }) => bitmaps === null)
  await writeSlots(facts, pool, reserves)
  for (const reserve of reserves) await writeReserve(facts, pool, reserve, namesCategory)
  for (const category of categories) await writeCategory(facts, pool, category)
  if (reserves.length > 0) await writeOpening(facts, PROTOCOL, pool)
}

export const beforeHandlers = [
  onSetup('AaveV3Pool', async (facts) => {
    for (const deployment of deployments) await writeMarket(facts, deployment)
  }),
]
