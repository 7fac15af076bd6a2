import type { Facts } from '../../facts'
import type { Pool } from '../pools/pool'
import { poolSides } from '../pools/referencePool'
import type { Route } from './sellThrough'

/** No sale goes through more pools than this. */
const longestRoute = 3

/**
 * The ways out of an asset on a chain: to a stablecoin where any pools lead to one, else to whatever it trades against. No asset is
 * passed twice, and a stablecoin is only sold for another.
 */
export function exitRoutes(asset: string, chain: string, pools: readonly Pool[], facts: Facts): readonly Route[] {
  const all = routesFrom(asset, [asset])
  const toStable = all.filter((route) => isStable(route.at(-1)!.counterAsset))
  return toStable.length > 0 || isStable(asset) ? toStable : all.filter(({ length }) => length === 1)

  function routesFrom(from: string, passed: readonly string[]): readonly Route[] {
    if (passed.length > longestRoute) return []
    return poolSides(from, chain, pools, facts)
      .filter(({ counterAsset }) => !passed.includes(counterAsset))
      .flatMap((side): readonly Route[] => [
        [side],
        ...(isStable(side.counterAsset)
          ? []
          : routesFrom(side.counterAsset, [...passed, side.counterAsset]).map((rest) => [side, ...rest])),
      ])
  }

  function isStable(name: string): boolean {
    return ['majorStable', 'minorStable'].includes(facts.reference.assets[name]!.class)
  }
}
