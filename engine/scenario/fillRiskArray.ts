import { discountFactor } from '../pricing/discountFactor'
import { optionValue } from '../pricing/optionValue'
import { expiryOf } from '../resolve/resolveInstruments'
import { YEAR_SECONDS } from '../resolve/time'
import type { Future, Instrument, Option, ResolvedUnderlying, ScenarioSet } from '../types'
import { optionModelValue } from './optionModelValue'
import { shockedForward } from './shockedForward'
import { shockedVol, skewedVol } from './shockedVol'
import type { Shocks } from './shocks'

function fillOption(
  out: Float64Array,
  offset: number,
  option: Option,
  underlying: ResolvedUnderlying,
  at: number,
  row: number,
  shocks: Shocks,
  set: ScenarioSet,
): void {
  const seconds = option.expiry - at
  if (seconds <= 0) return
  const years = seconds / YEAR_SECONDS
  const { forward, rate } = expiryOf(underlying, option.expiry)
  const discount = discountFactor(rate, years)
  const base = optionModelValue(option, underlying, at)
  const { count, price, vol, skew } = shocks
  for (let scenario = 0; scenario < count; scenario += 1) {
    const multiplier = price[row * count + scenario] as number
    const kind = skew[scenario] as Shocks['skew'][number]
    const skewed = kind !== 'none' && set.skew !== null
    // A skew scenario turns the volatilities about the forward as it is: perps may move in it, forwards of options do not.
    const moved = skewed ? forward : shockedForward(forward, seconds, multiplier, set.forwardFreezeSeconds)
    const range = vol[row * count + scenario] as number
    const shocked = skewed
      ? skewedVol(option.vol, kind, option.strike, forward, years, set.skew)
      : shockedVol(option.vol, range, years, set.volShock)
    out[offset + scenario] = optionValue(option.isCall, moved, option.strike, shocked, years, discount) - base
  }
}

function fillFuture(
  out: Float64Array,
  offset: number,
  future: Future,
  at: number,
  row: number,
  shocks: Shocks,
  set: ScenarioSet,
): void {
  const seconds = future.expiry - at
  if (seconds <= 0) return
  const { count, price } = shocks
  for (let scenario = 0; scenario < count; scenario += 1) {
    const multiplier = price[row * count + scenario] as number
    const moved = shockedForward(future.markPrice, seconds, multiplier, set.forwardFreezeSeconds)
    out[offset + scenario] = moved - future.markPrice
  }
}

function fillLinear(out: Float64Array, offset: number, markPrice: number, row: number, shocks: Shocks): void {
  const { count, price } = shocks
  for (let scenario = 0; scenario < count; scenario += 1) {
    out[offset + scenario] = markPrice * ((price[row * count + scenario] as number) - 1)
  }
}

/**
 * Writes the P&L per unit of one instrument in every scenario, USD, gain positive, by full repricing, from `offset` on; `row` is its
 * underlying's in the shocks. What has expired does not move: its cells are left at 0.
 */
export function fillRiskArray(
  out: Float64Array,
  offset: number,
  instrument: Instrument,
  underlying: ResolvedUnderlying,
  at: number,
  row: number,
  shocks: Shocks,
  set: ScenarioSet,
): void {
  switch (instrument.kind) {
    case 'option':
      fillOption(out, offset, instrument, underlying, at, row, shocks, set)
      break
    case 'future':
      fillFuture(out, offset, instrument, at, row, shocks, set)
      break
    case 'perp':
    case 'spot':
      fillLinear(out, offset, instrument.markPrice, row, shocks)
      break
  }
}
