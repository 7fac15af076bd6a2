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
}

export type ResolvedUniswapV3 = { readonly pools: readonly ResolvedPool[] }
