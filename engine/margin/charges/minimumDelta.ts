import type { ChargeRule, ResolvedUnderlying } from '../../types'
import { greeksByUnderlying } from '../exposures'
import type { ChargeContext, Charged } from './chargeContext'

type Rule = Extract<ChargeRule, { kind: 'minimumDelta' }>

/**
 * Floor by delta (Paradex portfolio margin): per underlying |net delta|·net + hedged delta·hedged, times spot, where the hedged delta
 * is half of what long and short deltas have in common.
 */
export function minimumDelta(rule: Rule, { account, positions }: ChargeContext): Charged {
  let initial = 0
  const details = { netDelta: 0, grossDelta: 0, hedgedDelta: 0 }
  for (const { underlying, delta } of greeksByUnderlying(positions)) {
    const rows = positions.filter((row) => row.underlying === underlying)
    const gross = rows.reduce((sum, row) => sum + Math.abs(row.delta), 0)
    const hedged = (gross - Math.abs(delta)) / 2
    const { indexPrice } = account.market.assets.get(underlying) as ResolvedUnderlying
    initial += (Math.abs(delta) * rule.net + hedged * rule.hedged) * indexPrice
    details.netDelta += delta
    details.grossDelta += gross
    details.hedgedDelta += hedged
  }
  return { initial, maintenance: initial, details }
}
