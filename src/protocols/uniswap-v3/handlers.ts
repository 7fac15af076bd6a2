/** Uniswap v3 pools: price, liquidity in range and liquidity by tick, exactly as the pool has them at the end of each block. */
import type { Address } from 'viem'
import { uniswapV3PoolAbi as abi } from '../../../abis/uniswap-v3/pool'
import { changePool, changePoolState, changePoolTick } from '../../positions/write'
import { writeToken } from '../../positions/writeToken'
import type { Facts } from '../../runtime/facts'
import { indexer } from '../../runtime/indexer'
import { onEvent } from '../../runtime/onEvent'
import { onSetup } from '../../runtime/onSetup'
import { bounded, noLiquidity, opened, type PoolState, provided, swapped } from './transitions'
import type { PoolBefore, ResolvedPool } from './types'

const { pools } = indexer.resolved.uniswapV3

async function writePool(
  facts: Facts,
  { pool, token0, token1, fee, tickSpacing, before }: ResolvedPool,
): Promise<void> {
  for (const { address, ...metadata } of [token0, token1]) await writeToken(facts, address, metadata)
  const values = { token0: token0.address, token1: token1.address, fee, tickSpacing }
  await changePool(facts, { pool }, values, () => values)
  if (before !== null) await writeBefore(facts, pool, before)
}

async function writeBefore(facts: Facts, pool: Address, { tick, ticks, ...amounts }: PoolBefore): Promise<void> {
  const state = {
    tick,
    sqrtPrice: BigInt(amounts.sqrtPrice),
    liquidity: BigInt(amounts.liquidity),
    tickCumulative: BigInt(amounts.tickCumulative),
    accruedAt: BigInt(amounts.accruedAt),
  }
  await changePoolState(facts, { pool }, state, () => state)
  for (const { tick, liquidityNet, liquidityGross } of ticks) {
    const row = { liquidityNet: BigInt(liquidityNet), liquidityGross: BigInt(liquidityGross) }
    await changePoolTick(facts, { pool, tick }, row, () => row)
  }
}

/** A pool refuses everything before it has a price, so its first event opens it. */
async function changeState(facts: Facts, pool: Address, next: (state: PoolState) => PoolState): Promise<void> {
  await changePoolState(facts, { pool }, opened(0n, 0, facts.stamp.blockTimestamp), next)
}

type Range = { readonly tickLower: number; readonly tickUpper: number }

async function provide(facts: Facts, pool: Address, { tickLower, tickUpper }: Range, change: bigint): Promise<void> {
  // Owners collect fees by taking nothing away.
  if (change === 0n) return
  const range = { lower: tickLower, upper: tickUpper, change }
  await changeState(facts, pool, (state) => provided(state, range, facts.stamp.blockTimestamp))
  for (const [end, tick] of [['lower', tickLower] as const, ['upper', tickUpper] as const]) {
    await changePoolTick(facts, { pool, tick }, noLiquidity, (row) => bounded(row, end, change))
  }
}

export const uniswapV3Handlers = [
  onSetup('UniswapV3Pool', async (facts) => {
    for (const pool of pools) await writePool(facts, pool)
  }),
  onEvent('UniswapV3Pool', abi, 'Initialize', (facts, { args, address }) =>
    changeState(facts, address, () => opened(args.sqrtPriceX96, args.tick, facts.stamp.blockTimestamp)),
  ),
  onEvent('UniswapV3Pool', abi, 'Swap', (facts, { args, address }) => {
    const { sqrtPriceX96: sqrtPrice, tick, liquidity } = args
    return changeState(facts, address, (state) =>
      swapped(state, { sqrtPrice, tick, liquidity }, facts.stamp.blockTimestamp),
    )
  }),
  onEvent('UniswapV3Pool', abi, 'Mint', (facts, { args, address }) => provide(facts, address, args, args.amount)),
  onEvent('UniswapV3Pool', abi, 'Burn', (facts, { args, address }) => provide(facts, address, args, -args.amount)),
]
