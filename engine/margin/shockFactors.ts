import type { ResolvedMarket } from '../types'

/** The circuit breaker's factor of every risk group in which it is above 1: the largest of the group's members. */
export function shockFactorsOf(
  market: ResolvedMarket,
  kind: 'shockFactor' | 'maintenanceShockFactor',
): ReadonlyMap<string, number> {
  const factors = new Map<string, number>()
  for (const asset of market.assets.values()) {
    const factor = Math.max(asset[kind], factors.get(asset.riskGroup) ?? 1)
    if (factor > 1) factors.set(asset.riskGroup, factor)
  }
  return factors
}
