import { uniswapV3PoolAbi } from '../../../abis/uniswap-v3/pool'
import type { Sources } from '../protocol'
import type { ResolvedUniswapV3 } from './types'

/** The pools' own events; they say everything that moves a price or liquidity. */
export function uniswapV3Sources({ pools }: ResolvedUniswapV3): Sources {
  if (pools.length === 0) return {}
  const startBlock = Math.min(...pools.map((pool) => pool.startBlock))
  return {
    contracts: { UniswapV3Pool: { abi: uniswapV3PoolAbi, address: pools.map(({ pool }) => pool), startBlock } },
  }
}
