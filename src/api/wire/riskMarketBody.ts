import type { GroupHistory, MarketHistory } from '../valuation/marketHistory/marketHistory'
import type { Volatility } from '../valuation/marketHistory/volatilityOf'
import { isoTime, ratio } from './format'

/** Prints what past prices say; ratios with 18 digits, volatilities annualised. */
export function riskMarketBody({ groups, correlations, joint }: MarketHistory, minimumMoves: number) {
  const names = groups.map(({ riskGroup }) => riskGroup)
  return {
    riskGroups: groups.map((group) => printGroup(group, minimumMoves)),
    correlations: {
      riskGroups: names,
      matrix: correlations.correlation.map((row) => row.map(ratio)),
      observations: correlations.observations,
      shrinkage: correlations.shrinkage === null ? null : ratio(correlations.shrinkage),
      blendWeight: ratio(correlations.weight),
      projected: correlations.projected,
    },
    jointMoves:
      joint.kind === 'unknown'
        ? { observations: null, from: null, to: null, reason: joint.reason }
        : {
            observations: joint.moves.days.length,
            from: isoDay(joint.moves.days[0]! - 1),
            to: isoDay(joint.moves.days.at(-1)!),
            reason: null,
          },
  }
}

function printGroup({ riskGroup, head, breaker }: GroupHistory, minimumMoves: number) {
  return {
    riskGroup,
    asset: head.asset,
    sources: (head.path ?? []).map(({ chain, feed }) => `${chain}:${feed}`),
    observations: head.moves.length,
    volatility: head.volatility === null ? null : printVolatility(head.volatility),
    volatilityReason:
      head.volatility === null ? `${head.moves.length} daily moves are indexed, ${minimumMoves} are needed` : null,
    breaker: breaker === null ? null : printBreaker(breaker),
  }
}

function printVolatility({ fast, slow, stress, used }: Volatility) {
  return { fast: ratio(fast), slow: ratio(slow), stress: ratio(stress), used: ratio(used) }
}

function printBreaker({ state, factors }: NonNullable<GroupHistory['breaker']>) {
  const printed = { initialFactor: ratio(factors.initial), maintenanceFactor: ratio(factors.maintenance) }
  if (state.kind === 'calm') return { state: state.kind, ...printed, trippedAt: null, move: null, limit: null }
  return {
    state: state.kind,
    ...printed,
    trippedAt: isoTime(state.trippedAt),
    move: ratio(state.move),
    limit: ratio(state.limit),
  }
}

function isoDay(day: number): string {
  return isoTime(day * 86_400)
}
