import { log } from '../math/log'
import { pow } from '../math/pow'
import type { ScenarioRule, SkewShock, VolShock } from '../types'

const DAYS_PER_YEAR = 365

/**
 * Volatility after a signed range `range`: σ·(1 + range·(pivot ÷ max(t, floor))^p). The time itself decides whether p is the short
 * or the long power, not the floored one. Up it is at least the set's minimum shocked volatility, down its multiplier is at least 0.
 */
export function shockedVol(vol: number, range: number, years: number, rule: VolShock): number {
  if (range === 0) return vol
  const days = years * DAYS_PER_YEAR
  const power = days <= rule.pivotDays ? rule.shortPower : rule.longPower
  const multiplier = Math.max(0, 1 + range * pow(rule.pivotDays / Math.max(days, rule.floorDays), power))
  return range > 0 ? Math.max(vol * multiplier, rule.minimumShockedVol) : vol * multiplier
}

/**
 * Volatility of one strike after a skew scenario (derive PMRM-2): the further out of the money, the larger the move, up to a
 * cap that depends on the expiry.
 */
export function skewedVol(
  vol: number,
  kind: Exclude<ScenarioRule['skew'], 'none'>,
  strike: number,
  forward: number,
  years: number,
  rule: SkewShock,
): number {
  const root = Math.sqrt(years)
  const { base, slope } = rule[kind]
  const cap = base + slope * root
  const widest = Math.max(rule.minimumWidth, root * rule.width * (rule.widthStatic + rule.widthSlope * root))
  const moneyness = log(strike / forward)
  const distance = kind === 'abs' ? Math.abs(moneyness) : moneyness
  const slanted = (distance * cap) / widest
  const move = distance > 0 ? Math.min(cap, slanted) : Math.max(-cap, slanted)
  return vol * Math.max(0, 1 + move)
}
