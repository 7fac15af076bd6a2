import type { Instrument, ResolvedMarket, ResolvedOrder, ResolvedUnderlying } from '../types'
import type { LegMatrix } from './legs'
import { optionModelValue } from './optionModelValue'
import type { RiskArrays } from './riskArrays'

/** What one unit is worth now, USD: a fill at a worse price loses the difference at once. */
function unitValue(instrument: Instrument, market: ResolvedMarket, at: number): number {
  if (instrument.kind !== 'option') return instrument.markPrice
  const underlying = market.assets.get(instrument.underlying) as ResolvedUnderlying
  return instrument.markPremium ?? optionModelValue(instrument, underlying, at)
}

function addOrder(out: Float64Array, order: ResolvedOrder, value: number, arrays: RiskArrays, row: number): void {
  const slippage = Math.min(0, order.quantity * (value - order.price))
  for (let scenario = 0; scenario < arrays.scenarios; scenario += 1) {
    const perUnit = arrays.pnl[row * arrays.scenarios + scenario] as number
    out[scenario] = (out[scenario] as number) + order.quantity * perUnit + slippage
  }
}

/**
 * Open orders: in every scenario the worst of no fill, all buys filled and all sells filled, per underlying. A fill better than
 * the mark earns nothing, a fill worse than it loses the difference.
 */
export function orderLegs(
  market: ResolvedMarket,
  at: number,
  instruments: readonly Instrument[],
  arrays: RiskArrays,
): LegMatrix {
  const sides = new Map<string, { riskGroup: string; buys: Float64Array; sells: Float64Array }>()
  instruments.forEach((instrument, index) => {
    if (instrument.orders.length === 0) return
    const entry = sides.get(instrument.underlying) ?? {
      riskGroup: instrument.riskGroup,
      buys: new Float64Array(arrays.scenarios),
      sells: new Float64Array(arrays.scenarios),
    }
    sides.set(instrument.underlying, entry)
    const value = unitValue(instrument, market, at)
    for (const order of instrument.orders) {
      addOrder(order.quantity > 0 ? entry.buys : entry.sells, order, value, arrays, arrays.rows[index] as number)
    }
  })
  const underlyings = [...sides.keys()].sort()
  const pnl = new Float64Array(underlyings.length * arrays.scenarios)
  underlyings.forEach((underlying, index) => {
    const { buys, sells } = sides.get(underlying) as { buys: Float64Array; sells: Float64Array }
    for (let scenario = 0; scenario < arrays.scenarios; scenario += 1) {
      const worst = Math.min(0, buys[scenario] as number, sells[scenario] as number)
      pnl[index * arrays.scenarios + scenario] = worst
    }
  })
  const legs = underlyings.map((underlying) => ({
    id: `orders:${underlying}`,
    kind: 'position' as const,
    riskGroup: (sides.get(underlying) as { riskGroup: string }).riskGroup,
  }))
  return { legs, scenarios: arrays.scenarios, pnl }
}
