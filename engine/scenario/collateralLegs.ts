import type { ResolvedCash, ResolvedHolding, ResolvedMarket } from '../types'
import { type Factors, rowOf, underlyingRow } from './factors'
import type { LegMatrix } from './legs'
import type { Shocks } from './shocks'

/** A free leaf with what it counts for: its credit, or its full value where a set charges haircuts instead. */
export interface CreditedHolding {
  readonly holding: ResolvedHolding
  readonly credit: number
  /** False where a set charges a haircut only and lets its price offset nothing. */
  readonly moves: boolean
}

/** A stablecoin owed is never worth less than par: it has to be bought back. */
export const PAR = 1

/** P&L of free collateral: its credit follows its price, so it loses at most its credit. */
export function holdingLegs(holdings: readonly CreditedHolding[], factors: Factors, shocks: Shocks): LegMatrix {
  const pnl = new Float64Array(holdings.length * shocks.count)
  holdings.forEach(({ holding, credit, moves }, index) => {
    if (!moves) return
    const row = rowOf(factors, holding)
    for (let scenario = 0; scenario < shocks.count; scenario += 1) {
      const multiplier = shocks.price[row * shocks.count + scenario] as number
      pnl[index * shocks.count + scenario] = credit * (multiplier - 1)
    }
  })
  const legs = holdings.map(({ holding: { id, riskGroup } }) => ({ id, kind: 'collateral' as const, riskGroup }))
  return { legs, scenarios: shocks.count, pnl }
}

/** P&L of cash held in (or owed in) an asset with a price of its own; USD does not move. */
export function cashLegs(
  cash: readonly ResolvedCash[],
  market: ResolvedMarket,
  factors: Factors,
  shocks: Shocks,
): LegMatrix {
  const moving = cash.flatMap((row) => (row.riskGroup === null ? [] : [{ ...row, riskGroup: row.riskGroup }]))
  const pnl = new Float64Array(moving.length * shocks.count)
  moving.forEach(({ asset, quantity, price }, index) => {
    const row = underlyingRow(factors, market, asset)
    const isStable = market.assets.get(asset)?.class.family === 'stable'
    const floor = quantity < 0 && isStable ? PAR : 0
    const before = Math.max(floor, price)
    for (let scenario = 0; scenario < shocks.count; scenario += 1) {
      const after = Math.max(floor, price * (shocks.price[row * shocks.count + scenario] as number))
      pnl[index * shocks.count + scenario] = quantity * (after - before)
    }
  })
  const legs = moving.map(({ asset, subAccount, riskGroup }) => ({
    id: subAccount === '' ? `cash:${asset}` : `cash:${asset}:${subAccount}`,
    kind: 'cash' as const,
    riskGroup,
  }))
  return { legs, scenarios: shocks.count, pnl }
}
