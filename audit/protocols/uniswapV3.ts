import type { Address } from 'viem'
import { uniswapV3PoolAbi } from '../../abis/uniswap-v3/pool'
import { uniswapV3PoolViewsAbi } from '../../abis/uniswap-v3/poolViews'
import type { Auditor, Expectation } from '../types'

const protocol = 'uniswap-v3'

/** Pools by their price, their liquidity in range, and the ticks around it. */
export const auditUniswapV3: Auditor = ({ facts }) => [
  ...facts.poolStates.flatMap(({ pool, sqrtPrice, tick, liquidity }): Expectation[] => {
    const view = (functionName: string) => ({ address: pool as Address, abi: uniswapV3PoolViewsAbi, functionName })
    const slot = (figure: string, index: number, expected: unknown): Expectation => ({
      ...{ protocol, subject: pool, figure, view: view('slot0'), expected },
      pick: (answer: readonly unknown[]) => answer[index],
    })
    return [
      slot('price', 0, sqrtPrice),
      slot('tick', 1, tick),
      { protocol, subject: pool, figure: 'liquidity', view: view('liquidity'), expected: liquidity },
    ]
  }),
  ...facts.poolTicks.flatMap(({ pool, tick, liquidityNet, liquidityGross }): Expectation[] => {
    const of = (figure: string, index: number, expected: unknown): Expectation => ({
      ...{ protocol, subject: pool, figure: `${figure} at ${tick}`, expected },
      view: { address: pool as Address, abi: uniswapV3PoolViewsAbi, functionName: 'ticks', args: [tick] },
      pick: (answer: readonly unknown[]) => answer[index],
    })
    return [of('gross liquidity', 0, liquidityGross), of('net liquidity', 1, liquidityNet)]
  }),
  ...facts.pools.map(
    ({ pool, fee }): Expectation => ({
      ...{ protocol, subject: pool, figure: 'fee', expected: fee },
      view: { address: pool as Address, abi: uniswapV3PoolAbi, functionName: 'fee' },
    }),
  ),
]
