import { optionGreeks } from '../pricing/optionGreeks'
import { expiryOf } from '../resolve/resolveInstruments'
import { yearsTo } from '../resolve/time'
import { optionModelValue } from '../scenario/optionModelValue'
import type { GreeksRow, Instrument, PositionRow, ResolvedMarket, ResolvedUnderlying } from '../types'

type UnitGreeks = Pick<PositionRow, 'delta' | 'gamma' | 'vega' | 'theta'>

const NOTHING: UnitGreeks = { delta: 0, gamma: 0, vega: 0, theta: 0 }

/** Whether an instrument has reached its expiry: it is settled and no longer moves. */
export function isExpired(instrument: Instrument, at: number): boolean {
  return (instrument.kind === 'option' || instrument.kind === 'future') && instrument.expiry <= at
}

function unitGreeks(instrument: Instrument, underlying: ResolvedUnderlying, at: number): UnitGreeks {
  if (isExpired(instrument, at)) return NOTHING
  switch (instrument.kind) {
    case 'option': {
      const { isCall, strike, vol, expiry } = instrument
      const { forward, rate } = expiryOf(underlying, expiry)
      const timeToExpiry = yearsTo(expiry, at)
      return optionGreeks({ isCall, forward, strike, vol, timeToExpiry, rate, spot: underlying.indexPrice })
    }
    case 'future':
      return { ...NOTHING, delta: instrument.markPrice / underlying.indexPrice }
    case 'perp':
      return { ...NOTHING, delta: instrument.markPrice / underlying.indexPrice }
    case 'spot':
      return { ...NOTHING, delta: 1 }
  }
}

/** USD per unit of what the position is worth besides its unrealised P&L. */
function unitMarketValue(instrument: Instrument, underlying: ResolvedUnderlying, at: number): number {
  switch (instrument.kind) {
    case 'option':
      return instrument.markPremium !== null && !isExpired(instrument, at)
        ? instrument.markPremium
        : optionModelValue(instrument, underlying, at)
    case 'spot':
      return instrument.markPrice
    case 'perp':
    case 'future':
      return 0
  }
}

/** Values and sensitivities of every position, at position level: quantity × unit. */
export function positionRows(
  instruments: readonly Instrument[],
  market: ResolvedMarket,
  at: number,
): readonly PositionRow[] {
  return instruments.map((instrument) => {
    const underlying = market.assets.get(instrument.underlying) as ResolvedUnderlying
    const greeks = unitGreeks(instrument, underlying, at)
    const { id, kind, subAccount, quantity, statedQuantity } = instrument
    const hasEntry = kind === 'perp' || kind === 'future'
    return {
      id,
      kind,
      underlying: instrument.underlying,
      subAccount,
      quantity: statedQuantity,
      marketValue: quantity * unitMarketValue(instrument, underlying, at),
      unrealizedPnl: hasEntry ? quantity * (instrument.markPrice - instrument.entryPrice) : 0,
      delta: scaled(quantity, greeks.delta),
      gamma: scaled(quantity, greeks.gamma),
      vega: scaled(quantity, greeks.vega),
      theta: scaled(quantity, greeks.theta),
      expired: isExpired(instrument, at),
    }
  })
}

/** A sensitivity of a position which float64 can hold, however steep one unit is. */
function scaled(quantity: number, perUnit: number): number {
  return Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, quantity * perUnit))
}

/** Sums sensitivities by underlying. */
export function greeksByUnderlying(rows: readonly PositionRow[]): readonly GreeksRow[] {
  const underlyings = [...new Set(rows.map((row) => row.underlying))].sort()
  return underlyings.map((underlying) => {
    const own = rows.filter((row) => row.underlying === underlying)
    const total = (field: keyof UnitGreeks) => own.reduce((sum, row) => scaled(1, sum + row[field]), 0)
    return { underlying, delta: total('delta'), gamma: total('gamma'), vega: total('vega'), theta: total('theta') }
  })
}
