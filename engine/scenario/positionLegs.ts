import { expiryOf } from '../resolve/resolveInstruments'
import { yearsTo } from '../resolve/time'
import type { Instrument, ResolvedMarket, ResolvedUnderlying, ScenarioSet, Tick } from '../types'
import type { LegMatrix } from './legs'
import { expiryDiscount } from './optionDiscount'
import { optionModelValue } from './optionModelValue'
import type { RiskArrays, SetOf } from './riskArrays'
import type { Shocks } from './shocks'

/** Options of one underlying and expiry: what a scenario set discounts, and shocks in skew, as a whole. */
interface ExpiryBucket {
  readonly members: readonly number[]
  readonly underlying: ResolvedUnderlying
  readonly expiry: number
}

function expiryBuckets(
  instruments: readonly Instrument[],
  market: ResolvedMarket,
  at: number,
): readonly ExpiryBucket[] {
  const buckets = new Map<string, { members: number[]; underlying: ResolvedUnderlying; expiry: number }>()
  instruments.forEach((instrument, index) => {
    if (instrument.kind !== 'option' || instrument.expiry <= at || instrument.published !== null) return
    const key = JSON.stringify([instrument.underlying, instrument.expiry])
    const underlying = market.assets.get(instrument.underlying) as ResolvedUnderlying
    const bucket = buckets.get(key) ?? { members: [], underlying, expiry: instrument.expiry }
    bucket.members.push(index)
    buckets.set(key, bucket)
  })
  return [...buckets.values()]
}

/** Applies an expiry's discounts and counts skew moves as losses, leg by leg so that legs still add up. */
function applyExpiryRules(
  pnl: Float64Array,
  bucket: ExpiryBucket,
  base: Float64Array,
  shocks: Shocks,
  set: ScenarioSet,
  at: number,
): void {
  const { rate } = expiryOf(bucket.underlying, bucket.expiry)
  const discount = expiryDiscount(set.optionDiscount, rate, yearsTo(bucket.expiry, at))
  for (let scenario = 0; scenario < shocks.count; scenario += 1) {
    let shocked = 0
    let before = 0
    for (const member of bucket.members) {
      before += base[member] as number
      shocked += (base[member] as number) + (pnl[member * shocks.count + scenario] as number)
    }
    const factor = shocked > 0 ? discount.asset : discount.liability
    const sign = shocks.skew[scenario] !== 'none' && shocked * factor > before ? -1 : 1
    for (const member of bucket.members) {
      const cell = member * shocks.count + scenario
      const value = (base[member] as number) + (pnl[cell] as number)
      pnl[cell] = sign * (value * factor - (base[member] as number))
    }
  }
}

/** P&L of every position: quantity × risk array, then the rules of its scenario set for whole expiries. */
export function positionLegs(
  { at, market, parameters }: Tick,
  instruments: readonly Instrument[],
  arrays: RiskArrays,
  shocks: Shocks,
  setOf: SetOf,
): LegMatrix {
  const pnl = new Float64Array(instruments.length * shocks.count)
  instruments.forEach(({ quantity }, index) => {
    const from = (arrays.rows[index] as number) * shocks.count
    const to = index * shocks.count
    for (let scenario = 0; scenario < shocks.count; scenario += 1) {
      pnl[to + scenario] = quantity * (arrays.pnl[from + scenario] as number)
    }
  })
  const hasSkew = shocks.skew.some((kind) => kind !== 'none')
  const base = Float64Array.from(instruments, (instrument) => {
    if (instrument.kind !== 'option') return 0
    const underlying = market.assets.get(instrument.underlying) as ResolvedUnderlying
    return instrument.quantity * optionModelValue(instrument, underlying, at)
  })
  for (const bucket of expiryBuckets(instruments, market, at)) {
    const set = parameters.scenarioSets[setOf(bucket.underlying)] as ScenarioSet
    if (set.optionDiscount !== null || hasSkew) applyExpiryRules(pnl, bucket, base, shocks, set, at)
  }
  const legs = instruments.map(({ id, riskGroup }) => ({ id, kind: 'position' as const, riskGroup }))
  return { legs, scenarios: shocks.count, pnl }
}
