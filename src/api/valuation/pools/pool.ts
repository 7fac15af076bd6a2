import type { ChainFacts } from '../../facts'
import { poolReachTicks, poolWindowSeconds } from '../../read/poolWindow'
import { highestTick, lowestTick, sqrtPriceAtTick } from './tickMath'

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
  /** Those within reach of the price, by rising tick. */
  readonly ticks: readonly PoolTick[]
  /** Mean tick over the window that ends at the cut, rounded down; `null` while the pool is younger than the window. */
  readonly meanTick: number | null
}

/** Where a sale ends at the latest, as a square root price: what lies beyond is not read. */
export function reachLimit({ tick }: Pick<Pool, 'tick'>, sellsFirst: boolean): bigint {
  return sellsFirst
    ? sqrtPriceAtTick(Math.max(tick - poolReachTicks, lowestTick + 1))
    : sqrtPriceAtTick(Math.min(tick + poolReachTicks, highestTick - 1))
}

interface Read {
  readonly facts: ChainFacts
  readonly time: number
  readonly pools: readonly Pool[]
}

const readBefore = new WeakMap<ChainFacts['poolTicks'], Read>()

/** Every pool of a chain that has a price. Pure, and remembered: the pools of a cut are the same objects for every account. */
export function readPools(facts: ChainFacts, time: number): readonly Pool[] {
  const { pools, poolStates, pastPoolStates, poolTicks } = facts
  const known = readBefore.get(poolTicks)
  const isSame =
    known?.time === time &&
    known.facts.pools === pools &&
    known.facts.poolStates === poolStates &&
    known.facts.pastPoolStates === pastPoolStates
  if (isSame) return known.pools
  const read = poolsOf(facts, time)
  readBefore.set(poolTicks, { facts, time, pools: read })
  return read
}

function poolsOf(facts: ChainFacts, time: number): readonly Pool[] {
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
          .filter(
            ({ pool, liquidityGross, tick }) =>
              pool === address && liquidityGross !== '0' && Math.abs(tick - state.tick) <= poolReachTicks,
          )
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
