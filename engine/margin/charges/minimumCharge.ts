import type { ChargeRule, ResolvedUnderlying } from '../../types'
import { isExpired } from '../exposures'
import type { ChargeContext, Charged } from './chargeContext'

type Rule = Extract<ChargeRule, { kind: 'minimumCharge' }>

/** Multiplies every slice of an amount by its tier's multiplier: 30,000 with 1 to 10,000 and 2 to 70,000 is 50,000. */
export function progressiveCharge(amount: number, tiers: Rule['tiers']): number {
  let charged = 0
  let from = 0
  for (const { upTo, multiplier } of tiers) {
    const to = upTo ?? Number.POSITIVE_INFINITY
    charged += Math.max(0, Math.min(amount, to) - from) * multiplier
    from = to
  }
  return charged
}

/** Minimum charge (OKX MR7): Σ |quantity|·index·rate, then progressively multiplied by its own size. */
export function minimumCharge(rule: Rule, { account }: ChargeContext): Charged {
  let raw = 0
  for (const row of account.instruments) {
    if (isExpired(row, account.at)) continue
    const { indexPrice } = account.market.assets.get(row.underlying) as ResolvedUnderlying
    raw += Math.abs(row.quantity) * indexPrice * rule.rate
  }
  const initial = progressiveCharge(raw, rule.tiers)
  return { initial, maintenance: initial, details: { raw } }
}
