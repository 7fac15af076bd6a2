import type { AssetClass, MarketHistoryRule } from '../../../../engine/types'
import { commonMoves } from './commonMoves'
import type { DailyMove } from './dailyMoves'

/** An asset as the parameter set knows it. */
export interface AssetTraits {
  /** The configured asset that stands for the name, or the name itself. */
  readonly asset: string
  readonly riskGroup: string
  readonly className: string
  readonly family: AssetClass['family']
}

/** Joint past moves: for every configured asset that has its own, simple returns over the same days. */
export interface JointMoves {
  readonly days: readonly number[]
  /** The returns something moves by: its own, else those of what is most like it; `null` for a stablecoin that is like nothing. */
  returnsOf(traits: AssetTraits): readonly number[] | null
}

export type JointHistory =
  | { readonly kind: 'known'; readonly moves: JointMoves }
  | { readonly kind: 'unknown'; readonly reason: string }

/**
 * Joint moves of the configured assets. What has no series of its own takes that of the first asset, by name, of its risk group, else
 * class, else family, else (unless it is a stablecoin) the one that moved most: a risk that is not measured is not zero, and holding
 * something new must not take the measure away from everything else.
 */
export function jointMoves(
  moves: ReadonlyMap<string, readonly DailyMove[]>,
  traitsOf: (asset: string) => AssetTraits,
  { minimumJointMoves }: MarketHistoryRule,
): JointHistory {
  const common = commonMoves(moves, minimumJointMoves)
  const volatile = [...(common?.series.keys() ?? [])].filter((asset) => traitsOf(asset).family !== 'stable')
  if (common === null || volatile.length === 0)
    return {
      kind: 'unknown',
      reason: `no asset that is not a stablecoin has ${minimumJointMoves} daily moves in the indexed prices`,
    }
  const returns = new Map([...common.series].map(([asset, own]) => [asset, own.map(({ simple }) => simple)]))
  const known = [...returns.keys()]
  const size = (asset: string) => returns.get(asset)!.reduce((sum, move) => sum + move * move, 0)
  const wildest = volatile.reduce((most, asset) => (size(asset) > size(most) ? asset : most))
  return {
    kind: 'known',
    moves: {
      days: common.days,
      returnsOf({ asset, riskGroup, className, family }) {
        const alike =
          known.find((other) => other === asset) ??
          known.find((other) => traitsOf(other).riskGroup === riskGroup) ??
          known.find((other) => traitsOf(other).className === className) ??
          known.find((other) => traitsOf(other).family === family) ??
          (family === 'stable' ? undefined : wildest)
        return alike === undefined ? null : returns.get(alike)!
      },
    },
  }
}
