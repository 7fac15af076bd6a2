import type { Pool, PoolTick } from './pool'
import { swapStep } from './swapStep'
import { highestSqrtPrice, highestTick, lowestSqrtPrice, lowestTick, sqrtPriceAtTick } from './tickMath'

export interface Swap {
  /** What the pool takes, fee included: the amount offered, or less where its liquidity ends. */
  readonly amountIn: bigint
  readonly amountOut: bigint
  readonly sqrtPrice: bigint
}

/** A pool looks for the next tick among this many multiples of its spacing at a time, and rounds where it stops looking. */
const searchWidth = 256

/**
 * What selling `amount` to a pool gives, to the last unit of the token.
 * @param sellsFirst whether token0 is sold for token1, or the other way round.
 * @param limit square root price at which to stop; by default the pool's own bounds.
 */
export function swapExactIn(
  pool: Pick<Pool, 'fee' | 'tickSpacing' | 'sqrtPrice' | 'tick' | 'liquidity' | 'ticks'>,
  sellsFirst: boolean,
  amount: bigint,
  limit: bigint = sellsFirst ? lowestSqrtPrice + 1n : highestSqrtPrice - 1n,
): Swap {
  const { fee: feeRate, tickSpacing, ticks } = pool
  let { sqrtPrice, tick, liquidity } = pool
  let next = sellsFirst ? lastAtOrBelow(ticks, tick) : lastAtOrBelow(ticks, tick) + 1
  let remaining = amount
  let amountOut = 0n
  while (remaining > 0n && sqrtPrice !== limit) {
    const initialized = ticks[next]
    // Beyond its last tick a pool holds nothing.
    if (initialized === undefined && liquidity === 0n) break
    const stop = stopOf(tick, tickSpacing, sellsFirst, initialized)
    const stopPrice = sqrtPriceAtTick(stop)
    const isBeyondLimit = sellsFirst ? stopPrice < limit : stopPrice > limit
    const step = swapStep(sqrtPrice, isBeyondLimit ? limit : stopPrice, liquidity, remaining, feeRate)
    remaining -= step.amountIn + step.fee
    amountOut += step.amountOut
    sqrtPrice = step.sqrtPrice
    if (sqrtPrice !== stopPrice) break
    if (stop === initialized?.tick) {
      liquidity += sellsFirst ? -initialized.liquidityNet : initialized.liquidityNet
      next += sellsFirst ? -1 : 1
    }
    tick = sellsFirst ? stop - 1 : stop
  }
  return { amountIn: amount - remaining, amountOut, sqrtPrice }
}

/** The tick a pool's next step runs to: where liquidity changes, or the end of the stretch it searches. */
function stopOf(tick: number, tickSpacing: number, sellsFirst: boolean, initialized: PoolTick | undefined): number {
  const multiple = Math.floor(tick / tickSpacing)
  if (sellsFirst) {
    const end = Math.floor(multiple / searchWidth) * searchWidth * tickSpacing
    return Math.max(initialized?.tick ?? lowestTick, end, lowestTick)
  }
  const end = (Math.floor((multiple + 1) / searchWidth) * searchWidth + searchWidth - 1) * tickSpacing
  return Math.min(initialized?.tick ?? highestTick, end, highestTick)
}

/** Index of the last tick not above `tick`; −1 when all are. */
function lastAtOrBelow(ticks: readonly PoolTick[], tick: number): number {
  let low = 0
  let high = ticks.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (ticks[middle]!.tick <= tick) low = middle + 1
    else high = middle
  }
  return low - 1
}
