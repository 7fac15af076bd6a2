import type { NamedCrash } from '../types'
import type { Factor, Factors } from './factors'
import { emptyShocks, type Shocks } from './shocks'

/** Relative move of one factor in one crash: its own, its group's, else its family's proxy, else none. */
function moveOf(crash: NamedCrash, factor: Factor): number {
  const named = (name: string) => crash.moves.find((move) => move.factor === name && !move.venueOnly)?.move
  const own = named(factor.asset)
  if (own !== undefined) return own
  const group = named(factor.riskGroup) ?? crash.proxies[factor.class.family] ?? 0
  const ratio = factor.class.wrapper ? (crash.ratio?.move ?? 0) : 0
  return (1 + group) * (1 + ratio) - 1
}

/** Named crashes as joint moves of every factor, volatility moving with the crash for all but stablecoins. */
export function crashShocks(crashes: readonly NamedCrash[], factors: Factors): Shocks {
  const ids = crashes.map((crash) => crash.id)
  const shocks = emptyShocks('crashes', ids, factors.list.length, new Float64Array(crashes.length).fill(1))
  factors.list.forEach((factor, row) => {
    crashes.forEach((crash, index) => {
      shocks.price[row * shocks.count + index] = 1 + moveOf(crash, factor)
      shocks.vol[row * shocks.count + index] = factor.class.family === 'stable' ? 0 : crash.vol
    })
  })
  return shocks
}

/** One curator failing at a time: every holding behind it is worth nothing, everything else stands still. */
export function curatorIds(curators: Iterable<string | null>): readonly string[] {
  const found = new Set<string>()
  for (const curator of curators) if (curator !== null) found.add(curator)
  return [...found].sort()
}
