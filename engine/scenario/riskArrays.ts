import { discountFactor } from '../pricing/discountFactor'
import { optionValue } from '../pricing/optionValue'
import { expiryOf } from '../resolve/resolveInstruments'
import { YEAR_SECONDS } from '../resolve/time'
import type { Future, Instrument, Option, ResolvedMarket, ResolvedUnderlying, ScenarioSet } from '../types'
import { type Factors, underlyingRow } from './factors'
import { shockedForward } from './shockedForward'
import { shockedVol, skewedVol } from './shockedVol'
import type { Shocks } from './shocks'

/**
 * P&L per unit of every instrument in every scenario, gain positive, USD: one contiguous matrix, instrument × scenario.
 * It depends on the market and the instruments' terms only, so it is built once per market tick and reduced for every account.
 */
export interface RiskArrays {
  readonly scenarios: number
  readonly pnl: Float64Array
}

/** Which scenario set's volatility, forward and discount rules hold for an underlying. */
export type SetOf = (underlying: ResolvedUnderlying) => ScenarioSet

/** Model value of one unit of an option, USD; intrinsic once expired. */
export function optionModelValue(option: Option, underlying: ResolvedUnderlying, at: number): number {
  const years = Math.max(0, option.expiry - at) / YEAR_SECONDS
  if (years === 0) return optionValue(option.isCall, underlying.indexPrice, option.strike, 0, 0, 1)
  const { forward, rate } = expiryOf(underlying, option.expiry)
  return optionValue(option.isCall, forward, option.strike, option.vol, years, discountFactor(rate, years))
}

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
    const moved = shockedForward(forward, seconds, multiplier, set.forwardFreezeSeconds)
    const range = vol[row * count + scenario] as number
    const shocked =
      kind === 'none' || set.skew === null
        ? shockedVol(option.vol, range, years, set.volShock)
        : skewedVol(option.vol, kind, option.strike, forward, years, set.skew)
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

function fillInstrument(
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

/**
 * Revalues every instrument in every scenario by full repricing. Expired instruments do not move. An instrument with a
 * published array of the right length keeps it.
 *
 * @returns P&L per unit, instrument × scenario in the order given.
 */
export function buildRiskArrays(
  market: ResolvedMarket,
  at: number,
  instruments: readonly Instrument[],
  factors: Factors,
  shocks: Shocks,
  setOf: SetOf,
): RiskArrays {
  const pnl = new Float64Array(instruments.length * shocks.count)
  instruments.forEach((instrument, index) => {
    const offset = index * shocks.count
    const { published } = instrument
    if (published !== null && published.length === shocks.count) {
      pnl.set(published, offset)
      return
    }
    const underlying = market.assets.get(instrument.underlying) as ResolvedUnderlying
    const row = underlyingRow(factors, market, instrument.underlying)
    fillInstrument(pnl, offset, instrument, underlying, at, row, shocks, setOf(underlying))
  })
  return { scenarios: shocks.count, pnl }
}
