/** Pool events that change a reserve's own state: indexes, rates, liquidity, deficit, the treasury's claim. */
import type { Address } from 'viem'
import { aaveV3PoolAbi as abi } from '../../../../abis/aave-v3/pool'
import { market } from '../../../../ponder.schema'
import { divRayDown } from '../../../math/ray'
import type { Facts } from '../../../runtime/facts'
import { onEvent } from '../../../runtime/onEvent'
import { reserveKey } from '../keys'
import { accrueSilently, changeReserveState, reserveFactorOf, takeAccrual } from './reserveState'

/** Underlying lying in the reserve, as the pool itself counts it: what a donation adds is not counted. */
async function addLiquidity(facts: Facts, pool: Address, asset: Address, amount: bigint): Promise<void> {
  await changeReserveState(facts, reserveKey(pool, asset).market, ({ liquidity }) => ({
    liquidity: liquidity + amount,
  }))
}

async function addDeficit(facts: Facts, pool: Address, asset: Address, amount: bigint): Promise<void> {
  await changeReserveState(facts, reserveKey(pool, asset).market, ({ deficit }) => ({
    deficit: (deficit ?? 0n) + amount,
  }))
}

/**
 * The claim is not known until it is minted. A pool that liquidates a debt in the very asset of the collateral has read the reserve twice before it accrues
 * it, and so gives the treasury its share twice, unless something else has accrued the reserve in the block before; events do not say whether.
 */
async function forgetTreasury(facts: Facts, pool: Address, asset: Address): Promise<void> {
  await changeReserveState(facts, reserveKey(pool, asset).market, () => ({ accruedToTreasury: null }))
}

const CONTRACT = 'AaveV3Pool'

export const reserveHandlers = [
  onEvent(CONTRACT, abi, 'ReserveDataUpdated', (facts, { args, address }) =>
    takeAccrual(facts, address, args.reserve, {
      supplyIndex: args.liquidityIndex,
      borrowIndex: args.variableBorrowIndex,
      supplyRate: args.liquidityRate,
      borrowRate: args.variableBorrowRate,
      accruedAt: facts.stamp.blockTimestamp,
    }),
  ),
  onEvent(CONTRACT, abi, 'Supply', (facts, { args, address }) =>
    addLiquidity(facts, address, args.reserve, args.amount),
  ),
  onEvent(CONTRACT, abi, 'Withdraw', (facts, { args, address }) =>
    addLiquidity(facts, address, args.reserve, -args.amount),
  ),
  onEvent(CONTRACT, abi, 'Borrow', (facts, { args, address }) =>
    addLiquidity(facts, address, args.reserve, -args.amount),
  ),
  onEvent(CONTRACT, abi, 'Repay', async (facts, { args, address }) => {
    if (!args.useATokens) await addLiquidity(facts, address, args.reserve, args.amount)
  }),
  onEvent(CONTRACT, abi, 'BackUnbacked', (facts, { args, address }) =>
    addLiquidity(facts, address, args.reserve, args.amount + args.fee),
  ),
  onEvent(CONTRACT, abi, 'FlashLoan', async (facts, { args, address }) => {
    // A flash loan kept as debt has no premium, and its Borrow has counted the outflow.
    if (args.premium === 0n) return
    await changeReserveState(facts, reserveKey(address, args.asset).market, (state) => ({
      liquidity: state.liquidity + args.premium,
      accruedToTreasury:
        state.accruedToTreasury === null ? null : state.accruedToTreasury + divRayDown(args.premium, state.supplyIndex),
    }))
  }),
  onEvent(CONTRACT, abi, 'LiquidationCall', async (facts, { args, address }) => {
    await addLiquidity(facts, address, args.debtAsset, args.debtToCover)
    if (args.receiveAToken) {
      const reserveFactor = await reserveFactorOf(facts, address, args.collateralAsset)
      await accrueSilently(facts, address, args.collateralAsset, reserveFactor)
    } else {
      await addLiquidity(facts, address, args.collateralAsset, -args.liquidatedCollateralAmount)
    }
    if (args.debtAsset === args.collateralAsset) await forgetTreasury(facts, address, args.debtAsset)
  }),
  onEvent(CONTRACT, abi, 'MintedToTreasury', async (facts, { args, address }) => {
    const key = reserveKey(address, args.reserve)
    const reserve = await facts.store.find(market, { chainId: facts.stamp.chainId, ...key })
    const isFollowed = reserve?.receiptRounding === 'directed'
    await changeReserveState(facts, key.market, () => ({ accruedToTreasury: isFollowed ? 0n : null }))
  }),
  onEvent(CONTRACT, abi, 'DeficitCreated', (facts, { args, address }) =>
    addDeficit(facts, address, args.debtAsset, args.amountCreated),
  ),
  onEvent(CONTRACT, abi, 'DeficitCovered', (facts, { args, address }) =>
    addDeficit(facts, address, args.reserve, -args.amountCovered),
  ),
]
