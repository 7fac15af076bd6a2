/** What a pool's events do to its price and its liquidity. Pure. */

export type PoolState = {
  /** √(token1 ÷ token0) in raw units, 64.96 fixed point. */
  readonly sqrtPrice: bigint
  readonly tick: number
  /** In range. */
  readonly liquidity: bigint
  /** ∫ tick dt in seconds since the pool opened, up to `accruedAt`. */
  readonly tickCumulative: bigint
  readonly accruedAt: bigint
}

export type TickState = { readonly liquidityNet: bigint; readonly liquidityGross: bigint }

export const noLiquidity: TickState = { liquidityNet: 0n, liquidityGross: 0n }

/** A pool that has just been given its price. */
export function opened(sqrtPrice: bigint, tick: number, time: bigint): PoolState {
  return { sqrtPrice, tick, liquidity: 0n, tickCumulative: 0n, accruedAt: time }
}

/** The tick has stood since `accruedAt`; like the pool, which counts a block's seconds with the tick at the end of the block before. */
export function accrued(state: PoolState, time: bigint): PoolState {
  const { sqrtPrice, tick, liquidity } = state
  const tickCumulative = state.tickCumulative + BigInt(tick) * (time - state.accruedAt)
  return { sqrtPrice, tick, liquidity, tickCumulative, accruedAt: time }
}

export function swapped(
  state: PoolState,
  { sqrtPrice, tick, liquidity }: Pick<PoolState, 'sqrtPrice' | 'tick' | 'liquidity'>,
  time: bigint,
): PoolState {
  return { ...accrued(state, time), sqrtPrice, tick, liquidity }
}

/** @param change of the liquidity from `lower` (included) to `upper` (excluded); negative when it is taken away. */
export function provided(
  state: PoolState,
  { lower, upper, change }: { readonly lower: number; readonly upper: number; readonly change: bigint },
  time: bigint,
): PoolState {
  const isInRange = lower <= state.tick && state.tick < upper
  return { ...accrued(state, time), liquidity: state.liquidity + (isInRange ? change : 0n) }
}

/** A tick at one end of a position: crossing it upwards adds `liquidityNet`. */
export function bounded(tick: TickState, end: 'lower' | 'upper', change: bigint): TickState {
  return {
    liquidityNet: tick.liquidityNet + (end === 'lower' ? change : -change),
    liquidityGross: tick.liquidityGross + change,
  }
}
