import type { Address } from 'viem'

/** A token of a pool. */
export type ResolvedToken = { readonly address: Address; readonly symbol: string; readonly decimals: number }

/** A configured pool as found when the chain was first indexed. Plain JSON. */
export type ResolvedPool = {
  readonly pool: Address
  readonly token0: ResolvedToken
  readonly token1: ResolvedToken
  /** Hundredths of a basis point. */
  readonly fee: number
  readonly tickSpacing: number
  readonly startBlock: number
  /** Null for a pool that is no older than `startBlock`. */
  readonly before: PoolBefore | null
}

/** A pool at the end of the block before its first indexed one. Integers as decimal text. */
export type PoolBefore = {
  readonly sqrtPrice: string
  readonly tick: number
  readonly liquidity: string
  readonly tickCumulative: string
  readonly accruedAt: string
  readonly ticks: readonly { readonly tick: number; readonly liquidityNet: string; readonly liquidityGross: string }[]
}

export type ResolvedUniswapV3 = { readonly pools: readonly ResolvedPool[] }
