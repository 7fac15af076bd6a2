import { discountFactor } from '../pricing/discountFactor'
import { optionValue } from '../pricing/optionValue'
import { expiryOf } from '../resolve/resolveInstruments'
import { YEAR_SECONDS } from '../resolve/time'
import type { LegMatrix } from '../scenario/legs'
import { optionModelValue } from '../scenario/optionModelValue'
import { shockedForward } from '../scenario/shockedForward'
import type { BasisShock, Instrument, Option, ResolvedMarket, ResolvedUnderlying, ScenarioSet } from '../types'

function optionMove(
  option: Option,
  underlying: ResolvedUnderlying,
  at: number,
  multiplier: number,
  freeze: number,
): number {
  const seconds = option.expiry - at
  const years = seconds / YEAR_SECONDS
  const { forward, rate } = expiryOf(underlying, option.expiry)
  const moved = shockedForward(forward, seconds, multiplier, freeze)
  const value = optionValue(option.isCall, moved, option.strike, option.vol, years, discountFactor(rate, years))
  return option.quantity * (value - optionModelValue(option, underlying, at))
}

/** Change of every instrument of one expiry when only its forward moves. */
function moves(
  members: readonly Instrument[],
  underlying: ResolvedUnderlying,
  at: number,
  multiplier: number,
  freeze: number,
): readonly number[] {
  return members.map((instrument) => {
    if (instrument.kind === 'option') return optionMove(instrument, underlying, at, multiplier, freeze)
    if (instrument.kind !== 'future') return 0
    const seconds = instrument.expiry - at
    const moved = shockedForward(instrument.markPrice, seconds, multiplier, freeze)
    return instrument.quantity * (moved - instrument.markPrice)
  })
}

/** Loss of one expiry from a basis move, by member: the worse of up and down, scaled by addend + multiplier·t, ≤ 0 in sum. */
function expiryBasis(
  members: readonly Instrument[],
  underlying: ResolvedUnderlying,
  expiry: number,
  at: number,
  rule: BasisShock,
  freeze: number,
): readonly number[] {
  const scale = rule.addend + (rule.multiplier * (expiry - at)) / YEAR_SECONDS
  const total = (changes: readonly number[]) => changes.reduce((sum, change) => sum + change, 0)
  const up = moves(members, underlying, at, rule.up, freeze)
  const down = moves(members, underlying, at, rule.down, freeze)
  const worse = total(down) < total(up) ? down : up
  return total(worse) < 0 ? worse.map((change) => scale * change) : worse.map(() => 0)
}

/**
 * The basis move of a group: every expiry's forward moves against the account on its own, spot standing still. One scenario;
 * `null` when the set has no basis move.
 */
export function basisLegs(
  market: ResolvedMarket,
  at: number,
  instruments: readonly Instrument[],
  set: ScenarioSet,
): LegMatrix | null {
  if (set.basis === null) return null
  const { basis, forwardFreezeSeconds } = set
  const expiries = new Map<string, Instrument[]>()
  for (const instrument of instruments) {
    if ((instrument.kind !== 'option' && instrument.kind !== 'future') || instrument.expiry <= at) continue
    const key = JSON.stringify([instrument.underlying, instrument.expiry])
    expiries.set(key, [...(expiries.get(key) ?? []), instrument])
  }
  const legs: LegMatrix['legs'][number][] = []
  const pnl: number[] = []
  for (const [key, members] of expiries) {
    const [asset, expiry] = JSON.parse(key) as [string, number]
    const underlying = market.assets.get(asset) as ResolvedUnderlying
    expiryBasis(members, underlying, expiry, at, basis, forwardFreezeSeconds).forEach((change, index) => {
      const { id, riskGroup } = members[index] as Instrument
      legs.push({ id, kind: 'position', riskGroup })
      pnl.push(change)
    })
  }
  return { legs, scenarios: 1, pnl: Float64Array.from(pnl) }
}
