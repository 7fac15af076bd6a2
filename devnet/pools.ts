import type { AssetSymbol } from './assets'

/** One pool that exists on every local chain with a market, and the shape of its liquidity. */
export interface DevnetPool {
  readonly base: AssetSymbol
  readonly quote: AssetSymbol
  /** Hundredths of a basis point. */
  readonly fee: number
  readonly tickSpacing: number
  readonly positions: readonly PoolPosition[]
}

/** Liquidity over the prices from `start` ÷ `reach` to `start` × `reach`. */
export interface PoolPosition {
  readonly reach: number
  /** US dollars of both tokens together, at the prices of the start. */
  readonly usd: number
}

/** `wstETH-WETH`: base and quote. */
export type PoolName = `${AssetSymbol}-${AssetSymbol}`

/** Deep near the price of the start, thin far from it, with something everywhere, so that a walking price always finds a market. */
export const pools: Readonly<Record<PoolName & ('WETH-USDC' | 'WBTC-USDC' | 'wstETH-WETH'), DevnetPool>> = {
  'WETH-USDC': {
    base: 'WETH',
    quote: 'USDC',
    fee: 500,
    tickSpacing: 10,
    positions: [
      { reach: 40, usd: 60_000_000 },
      { reach: 2, usd: 80_000_000 },
      { reach: 1.3, usd: 60_000_000 },
      { reach: 1.1, usd: 20_000_000 },
    ],
  },
  'WBTC-USDC': {
    base: 'WBTC',
    quote: 'USDC',
    fee: 3000,
    tickSpacing: 60,
    positions: [
      { reach: 40, usd: 60_000_000 },
      { reach: 2, usd: 100_000_000 },
      { reach: 1.25, usd: 40_000_000 },
    ],
  },
  'wstETH-WETH': {
    base: 'wstETH',
    quote: 'WETH',
    fee: 100,
    tickSpacing: 1,
    positions: [
      { reach: 4, usd: 10_000_000 },
      { reach: 1.25, usd: 10_000_000 },
      { reach: 1.05, usd: 20_000_000 },
      { reach: 1.02, usd: 10_000_000 },
    ],
  },
}

export type ListedPool = keyof typeof pools
export const poolNames = Object.keys(pools) as readonly ListedPool[]
