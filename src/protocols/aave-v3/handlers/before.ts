/** Markets that are older than the first indexed block: what stood then, and what an account had before its first event. */
import type { Address } from 'viem'
import { aaveV3PoolAbi } from '../../../../abis/aave-v3/pool'
import { aaveV3ScaledTokenAbi } from '../../../../abis/aave-v3/scaledToken'
import { aaveV3StableDebtTokenAbi } from '../../../../abis/aave-v3/stableDebtToken'
import { lendingAccount, marketToken, reserveSlot } from '../../../../ponder.schema'
import { requireFeed } from '../../../positions/pollFeed'
import { standingBefore } from '../../../positions/standingBefore'
import {
  changeLendingAccount,
  changeMarket,
  changeMarketParameters,
  changeMarketState,
  changePosition,
} from '../../../positions/write'
import { writeOpening } from '../../../positions/writeOpening'
import { writeToken } from '../../../positions/writeToken'
import { askAll } from '../../../runtime/askAll'
import type { Facts } from '../../../runtime/facts'
import { indexer } from '../../../runtime/indexer'
import { onSetup } from '../../../runtime/onSetup'
import type { Read } from '../../../runtime/read'
import { collateralBitmap, decodeConfiguration } from '../configuration'
import { initialAccount, initialEmodeParameters, initialMarket, initialParameters } from '../initial'
import { emodeKey, PROTOCOL, poolKey, reserveKey } from '../keys'
import { roundingOf } from '../transitions'
import type { CategoryBefore, ReserveBefore, ResolvedAaveV3 } from '../types'
import { changeCategory } from './category'

const deployments = indexer.resolved.aaveV3
const olderPools = new Map(
  deployments.flatMap(({ pool, startBlock, before }) =>
    before === null || before.reserves.length === 0 ? [] : [[pool, { startBlock, reserves: before.reserves }] as const],
  ),
)

/**
 * Writes all an account had in a market before its first event there, read in one call where the chain has Multicall3: flags, e-mode, supplies and debts, because one
 * without the other would be worth something else. Managers approved by then cannot be listed.
 */
export async function ensureAccount(facts: Facts, pool: Address, account: Address): Promise<void> {
  const { store, stamp } = facts
  const older = olderPools.get(pool)
  const key = { protocol: PROTOCOL, unit: pool, account }
  if (older === undefined || (await store.find(lendingAccount, { chainId: stamp.chainId, ...key })) !== null) return
  const standing = await standingBefore(facts, older.startBlock)
  const [configuration, emode, ...held] = (await askAll(standing.views, [
    { address: pool, abi: aaveV3PoolAbi, functionName: 'getUserConfiguration', args: [account] },
    { address: pool, abi: aaveV3PoolAbi, functionName: 'getUserEMode', args: [account] },
    ...older.reserves.flatMap((reserve) => balanceReads(reserve, account)),
  ])) as bigint[]
  const row = { ...initialAccount, collateralBitmap: collateralBitmap(configuration!), emode: Number(emode) }
  await changeLendingAccount(standing, key, row, () => row)
  for (const reserve of older.reserves) {
    const { market } = reserveKey(pool, reserve.asset)
    const [supply, borrow, ...stable] = held.splice(0, balanceReads(reserve, account).length)
    await writeBalance(standing, { market, account, side: 'supply' }, { raw: supply! })
    await writeBalance(standing, { market, account, side: 'borrow' }, { raw: borrow! })
    const [raw, rate, accruedAt] = stable
    if (raw !== undefined)
      await writeBalance(
        standing,
        { market, account, side: 'borrowStable' },
        { raw, rate, accruedAt: BigInt(accruedAt!) },
      )
  }
}

function balanceReads({ aToken, variableDebtToken, stableDebtToken }: ReserveBefore, account: Address): Read[] {
  const scaled = { abi: aaveV3ScaledTokenAbi, functionName: 'scaledBalanceOf', args: [account] }
  const stable = { abi: aaveV3StableDebtTokenAbi, args: [account] }
  return [
    { ...scaled, address: aToken },
    { ...scaled, address: variableDebtToken },
    ...(stableDebtToken === null
      ? []
      : ['principalBalanceOf', 'getUserStableRate', 'getUserLastUpdated'].map((functionName) => ({
          ...stable,
          address: stableDebtToken,
          functionName,
        }))),
  ]
}

type Side = { readonly market: string; readonly account: Address; readonly side: string }
type Balance = { readonly raw: bigint; readonly rate?: bigint | undefined; readonly accruedAt?: bigint | undefined }

async function writeBalance(facts: Facts, side: Side, { raw, rate, accruedAt }: Balance): Promise<void> {
  if (raw === 0n) return
  const values = { raw, rate: rate ?? null, accruedAt: accruedAt ?? null }
  await changePosition(facts, { protocol: PROTOCOL, ...side }, values, () => values)
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

async function writeMarket(facts: Facts, { pool, name, startBlock, before }: ResolvedAaveV3): Promise<void> {
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
  if (reserves.length > 0) await writeOpening(facts, PROTOCOL, pool, startBlock)
}

export const beforeHandlers = [
  onSetup('AaveV3Pool', async (facts) => {
    for (const deployment of deployments) await writeMarket(facts, deployment)
  }),
]
