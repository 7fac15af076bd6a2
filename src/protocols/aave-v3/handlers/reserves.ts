/** Pool events that change a reserve's own state: indexes, rates, liquidity, deficit. */
import type { Address } from 'viem'
import { aaveV3PoolAbi } from '../../../../abis/aave-v3/pool'
import { changeMarketState } from '../../../positions/write'
import type { Facts } from '../../../runtime/facts'
import { onEvent } from '../../../runtime/onEvent'
import { initialState } from '../initial'
import { reserveKey } from '../keys'

type State = ReturnType<typeof initialState>

async function changeState(
  facts: Facts,
  pool: Address,
  asset: Address,
  next: (state: Readonly<Parameters<Parameters<typeof changeMarketState>[3]>[0]>) => Partial<State>,
): Promise<void> {
  await changeMarketState(facts, reserveKey(pool, asset), initialState(facts.stamp.blockTimestamp), next)
}

/** Underlying lying in the reserve, as the pool itself counts it: what a donation adds is not counted. */
async function addLiquidity(facts: Facts, pool: Address, asset: Address, amount: bigint): Promise<void> {
  await changeState(facts, pool, asset, (state) => ({ liquidity: state.liquidity + amount }))
}

const CONTRACT = 'AaveV3Pool'

export const reserveHandlers = [
  onEvent(CONTRACT, aaveV3PoolAbi, 'ReserveDataUpdated', async (facts, { args, address }) => {
    await changeState(facts, address, args.reserve, () => ({
      supplyIndex: args.liquidityIndex,
      borrowIndex: args.variableBorrowIndex,
      supplyRate: args.liquidityRate,
      borrowRate: args.variableBorrowRate,
      accruedAt: facts.stamp.blockTimestamp,
    }))
  }),
  onEvent(CONTRACT, aaveV3PoolAbi, 'Supply', (facts, { args, address }) =>
    addLiquidity(facts, address, args.reserve, args.amount),
  ),
  onEvent(CONTRACT, aaveV3PoolAbi, 'Withdraw', (facts, { args, address }) =>
    addLiquidity(facts, address, args.reserve, -args.amount),
  ),
  onEvent(CONTRACT, aaveV3PoolAbi, 'Borrow', (facts, { args, address }) =>
    addLiquidity(facts, address, args.reserve, -args.amount),
  ),
  onEvent(CONTRACT, aaveV3PoolAbi, 'Repay', async (facts, { args, address }) => {
    if (!args.useATokens) await addLiquidity(facts, address, args.reserve, args.amount)
  }),
  onEvent(CONTRACT, aaveV3PoolAbi, 'BackUnbacked', (facts, { args, address }) =>
    addLiquidity(facts, address, args.reserve, args.amount + args.fee),
  ),
  onEvent(CONTRACT, aaveV3PoolAbi, 'FlashLoan', (facts, { args, address }) =>
    addLiquidity(facts, address, args.asset, args.premium),
  ),
  onEvent(CONTRACT, aaveV3PoolAbi, 'LiquidationCall', async (facts, { args, address }) => {
    await addLiquidity(facts, address, args.debtAsset, args.debtToCover)
    if (!args.receiveAToken) await addLiquidity(facts, address, args.collateralAsset, -args.liquidatedCollateralAmount)
  }),
  onEvent(CONTRACT, aaveV3PoolAbi, 'DeficitCreated', (facts, { args, address }) =>
    changeState(facts, address, args.debtAsset, ({ deficit }) => ({ deficit: (deficit ?? 0n) + args.amountCreated })),
  ),
  onEvent(CONTRACT, aaveV3PoolAbi, 'DeficitCovered', (facts, { args, address }) =>
    changeState(facts, address, args.reserve, ({ deficit }) => ({ deficit: (deficit ?? 0n) - args.amountCovered })),
  ),
]
