import { expiryOf } from '../../resolve/resolveInstruments'
import type { ChargeRule, Instrument, ResolvedUnderlying } from '../../types'
import type { ChargeContext, Charged } from './chargeContext'

type Rule = Extract<ChargeRule, { kind: 'oracleConfidence' }>

function charge(rule: Rule, confidence: number, notional: number): number {
  return confidence < rule.threshold ? (1 - confidence) * rule.rate * notional : 0
}

function perpCharge(rule: Rule, instruments: readonly Instrument[], underlying: ResolvedUnderlying): number {
  const quantity = instruments.reduce((sum, row) => sum + (row.kind === 'perp' ? Math.abs(row.quantity) : 0), 0)
  const confidence = Math.min(underlying.perpConfidence, underlying.confidence)
  return charge(rule, confidence, quantity * underlying.indexPrice)
}

function optionCharge(rule: Rule, instruments: readonly Instrument[], underlying: ResolvedUnderlying): number {
  const hasPerp = instruments.some((row) => row.kind === 'perp' && row.quantity !== 0)
  const sizes = new Map<number, number>()
  for (const row of instruments) {
    if (row.kind !== 'option' && row.kind !== 'future') continue
    sizes.set(row.expiry, (sizes.get(row.expiry) ?? 0) + Math.abs(row.quantity))
  }
  let total = 0
  for (const [expiry, quantity] of sizes) {
    const { forwardConfidence, rateConfidence, volConfidence } = expiryOf(underlying, expiry)
    const feeds = [underlying.confidence, forwardConfidence, rateConfidence, volConfidence]
    const confidence = Math.min(...feeds, hasPerp ? underlying.perpConfidence : 1)
    total += charge(rule, confidence, quantity * underlying.indexPrice)
  }
  return total
}

/**
 * Oracle contingency (derive PMRM-2), initial only: whatever rests on a feed whose confidence is below the threshold is charged
 * (1 − confidence)·rate on its notional. A position needs every feed that prices it, so the least confident one decides; what has
 * expired needs them for its settlement price.
 */
export function oracleConfidence(rule: Rule, { account }: ChargeContext): Charged {
  const { market, instruments, holdings } = account
  let initial = 0
  for (const underlying of market.assets.values()) {
    const own = instruments.filter((row) => row.underlying === underlying.asset)
    initial += perpCharge(rule, own, underlying) + optionCharge(rule, own, underlying)
  }
  for (const { holding, credit } of holdings) {
    const own = market.assets.get(holding.asset)?.confidence ?? 1
    const spot = market.assets.get(holding.riskGroup)?.confidence ?? 1
    initial += charge(rule, Math.min(own, spot), credit)
  }
  return { initial, maintenance: 0 }
}
