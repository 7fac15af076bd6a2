import { antiProcyclicalVariance } from '../../../../engine/measures/volatility/antiProcyclicalVariance'
import { ewmaVariance } from '../../../../engine/measures/volatility/ewmaVariance'
import { stressVariance } from '../../../../engine/measures/volatility/stressVariance'
import type { AssetClass, MarketHistoryRule } from '../../../../engine/types'
import type { DailyMove } from './dailyMoves'

/** Annualised standard deviations of daily log returns. */
export interface Volatility {
  readonly fast: number
  readonly slow: number
  /** The larger of the family's stated one and the worst stretch of the window. */
  readonly stress: number
  /** max(fast, slow, blend of slow and stress). */
  readonly used: number
}

const daysPerYear = 365

/** The volatility that is used, with its parts; `null` with fewer moves than the set asks for. */
export function volatilityOf(
  moves: readonly DailyMove[],
  family: AssetClass['family'],
  { minimumMoves, volatility: rule }: MarketHistoryRule,
): Volatility | null {
  if (moves.length < minimumMoves) return null
  const returns = moves.map(({ log }) => log)
  const stated = rule.stress[family]
  const variances = {
    fast: ewmaVariance(returns, { lambda: rule.fastDecay }).at(-1)!,
    slow: ewmaVariance(returns, { lambda: rule.slowDecay }).at(-1)!,
    stress: Math.max((stated * stated) / daysPerYear, stressVariance(returns, rule.stressDays)),
  }
  const annual = (variance: number) => Math.sqrt(variance * daysPerYear)
  return {
    fast: annual(variances.fast),
    slow: annual(variances.slow),
    stress: annual(variances.stress),
    used: annual(antiProcyclicalVariance(variances, rule.stressShare)),
  }
}
