import { reachLimit } from '../pools/pool'
import type { PoolSide } from '../pools/referencePool'
import { swapExactIn } from '../pools/swapExactIn'

/** Pools through which an asset is sold, one after the other. */
export type Route = readonly PoolSide[]

/**
 * What selling `amount` along a route brings, raw units of the last counter asset; `null` when one of the pools cannot take all of it before its
 * price has halved.
 */
export function sellThrough(route: Route, amount: bigint): bigint | null {
  let left = amount
  for (const { pool, isFirst } of route) {
    const { amountIn, amountOut } = swapExactIn(pool, isFirst, left, reachLimit(pool, isFirst))
    if (amountIn < left) return null
    left = amountOut
  }
  return left
}
