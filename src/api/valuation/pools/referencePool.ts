import type { Facts } from '../../facts'
import { assetsByToken } from '../valueClaims'
import type { Pool } from './pool'

/** A pool seen from one of its tokens. */
export interface PoolSide {
  readonly pool: Pool
  /** Whether the asset is the pool's token0. */
  readonly isFirst: boolean
  readonly counterAsset: string
  readonly decimals: { readonly base: number; readonly quote: number }
}

/** How far an asset is from dollars: it is only ever priced in something nearer, so that no price rests on itself. */
function distanceOf(asset: string, { reference }: Facts): number {
  const { class: kind, redeemsTo } = reference.assets[asset]!
  if (kind === 'majorStable' || kind === 'minorStable') return 0
  return redeemsTo === null ? 1 : 2
}

/** Every pool of the chain in which the asset trades against another configured one. */
export function poolSides(asset: string, chain: string, pools: readonly Pool[], facts: Facts): readonly PoolSide[] {
  const token = facts.reference.assets[asset]?.tokens[chain]
  if (token === undefined) return []
  const assetOf = assetsByToken(facts)
  return pools.flatMap((pool): readonly PoolSide[] => {
    const isFirst = pool.token0 === token
    if (!isFirst && pool.token1 !== token) return []
    const counter = isFirst ? pool.token1 : pool.token0
    const counterAsset = assetOf.get(`${chain}/${counter}`)
    const base = decimalsOf(token, chain, facts)
    const quote = decimalsOf(counter, chain, facts)
    if (counterAsset === undefined || counterAsset === asset || base === null || quote === null) return []
    return [{ pool, isFirst, counterAsset, decimals: { base, quote } }]
  })
}

/**
 * The pool that says what an asset trades at on a chain: against something nearer to dollars, old enough to have an average, and of those the one with
 * the most liquidity in range.
 */
export function referencePool(asset: string, chain: string, pools: readonly Pool[], facts: Facts): PoolSide | null {
  const sides = poolSides(asset, chain, pools, facts).filter(
    ({ pool, counterAsset }) => pool.meanTick !== null && distanceOf(counterAsset, facts) < distanceOf(asset, facts),
  )
  return sides.reduce<PoolSide | null>((best, side) => (best === null || isDeeper(side, best) ? side : best), null)
}

/** What a small move of the price takes, in the asset itself: comparable whatever the other token is. */
function isDeeper(one: PoolSide, other: PoolSide): boolean {
  return baseDepth(one) > baseDepth(other)
}

function baseDepth({ pool: { liquidity, sqrtPrice }, isFirst }: PoolSide): bigint {
  return isFirst ? (liquidity << 96n) / sqrtPrice : (liquidity * sqrtPrice) >> 96n
}

function decimalsOf(token: string, chain: string, facts: Facts): number | null {
  return facts.chains[chain]?.tokens.find(({ address }) => address === token)?.decimals ?? null
}
