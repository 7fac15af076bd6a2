import type { ChainFacts } from '../../../../src/api/facts'
import { sqrtPriceAtTick } from '../../../../src/api/valuation/pools/tickMath'

interface PoolTerms {
  readonly pool: string
  readonly token0: string
  readonly token1: string
  readonly fee?: number
  readonly tickSpacing?: number
  /** Where the price stands now, and where it stood on average. */
  readonly tick: number
  readonly meanTick?: number | null
  /** Over everything the pool has: from `tick` − `reach` to `tick` + `reach`. */
  readonly liquidity: bigint
  readonly reach?: number
}

type PoolFacts = Pick<ChainFacts, 'pools' | 'poolStates' | 'pastPoolStates' | 'poolTicks'>

/** Facts of pools with one position each; the average is that of the last half hour before `time`. */
export function poolFacts(time: number, ...terms: readonly PoolTerms[]): PoolFacts {
  const stamp = { blockNumber: '1' }
  const stateOf = (pool: string, tick: number, liquidity: bigint, tickCumulative: bigint, accruedAt: number) => ({
    ...stamp,
    pool,
    sqrtPrice: String(sqrtPriceAtTick(tick)),
    tick,
    liquidity: String(liquidity),
    tickCumulative: String(tickCumulative),
    accruedAt: String(accruedAt),
  })
  return {
    pools: terms.map(({ pool, token0, token1, fee = 500, tickSpacing = 10 }) => ({
      ...stamp,
      pool,
      token0,
      token1,
      fee,
      tickSpacing,
    })),
    poolStates: terms.map(({ pool, tick, meanTick = tick, liquidity }) =>
      stateOf(pool, tick, liquidity, BigInt(meanTick ?? 0) * 1_800n, time),
    ),
    pastPoolStates: terms
      .filter(({ meanTick }) => meanTick !== null)
      .map(({ pool, tick, liquidity }) => stateOf(pool, tick, liquidity, 0n, time - 1_800)),
    poolTicks: terms.flatMap(({ pool, tick, liquidity, reach = 20_000, tickSpacing = 10 }) => {
      const [lower, upper] = [tick - reach, tick + reach].map((at) => Math.round(at / tickSpacing) * tickSpacing)
      return [
        { ...stamp, pool, tick: lower!, liquidityNet: String(liquidity), liquidityGross: String(liquidity) },
        { ...stamp, pool, tick: upper!, liquidityNet: String(-liquidity), liquidityGross: String(liquidity) },
      ]
    }),
  }
}
