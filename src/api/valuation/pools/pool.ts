import type { ChainFacts } from '../../facts'
import { poolWindowSeconds } from '../../read/poolWindow'

/** A tick at which a position begins or ends. */
export interface PoolTick {
  readonly tick: number
  /** Added to the liquidity when the price rises over the tick, taken away when it falls below. */
  readonly liquidityNet: bigint
}

/** A pool as it stood at the cut, in its own units: raw token amounts, square root prices in 64.96 fixed point. */
export interface Pool {
  readonly address: string
  readonly token0: string
  readonly token1: string
  /** Hundredths of a basis point. */
  readonly fee: bigint
  readonly tickSpacing: number
  readonly sqrtPrice: bigint
  readonly tick: number
  readonly liquidity: bigint
  /** By rising tick. */
  readonly ticks: readonly PoolTick[]
  /** Mean tick over the window that ends at the cut, rounded down; `null` while the pool is younger than the window. */
  readonly meanTick: number | null
}

/** Every pool of a chain that has a price. */
export function readPools(facts: ChainFacts, time: number): readonly Pool[] {
  return facts.pools.flatMap(({ pool: address, token0, token1, fee, tickSpacing }): readonly Pool[] => {
    const state = facts.poolStates.find(({ pool }) => pool === address)
    if (state === undefined || BigInt(state.sqrtPrice) === 0n) return []
    return [
      {
        address,
        token0,
        token1,
        fee: BigInt(fee),
        tickSpacing,
        sqrtPrice: BigInt(state.sqrtPrice),
        tick: state.tick,
        liquidity: BigInt(state.liquidity),
        ticks: facts.poolTicks
          .filter(({ pool, liquidityGross }) => pool === address && liquidityGross !== '0')
          .map(({ tick, liquidityNet }) => ({ tick, liquidityNet: BigInt(liquidityNet) }))
          .sort((a, b) => a.tick - b.tick),
        meanTick: meanTick(facts, address, BigInt(time)),
      },
    ]
  })
}

function meanTick({ poolStates, pastPoolStates }: ChainFacts, address: string, time: bigint): number | null {
  const now = poolStates.find(({ pool }) => pool === address)
  const past = pastPoolStates.find(({ pool }) => pool === address)
  if (now === undefined || past === undefined || BigInt(past.sqrtPrice) === 0n) return null
  const window = BigInt(poolWindowSeconds)
  const grown = cumulativeAt(now, time) - cumulativeAt(past, time - window)
  const quotient = grown / window
  return Number(grown < 0n && quotient * window !== grown ? quotient - 1n : quotient)
}

/** ∫ tick dt up to an instant at or after the row's last change: the tick stands until the next one. */
export function cumulativeAt(
  { tickCumulative, accruedAt, tick }: ChainFacts['poolStates'][number],
  time: bigint,
): bigint {
  return BigInt(tickCumulative) + BigInt(tick) * (time - BigInt(accruedAt))
}
