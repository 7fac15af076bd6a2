import type { Greeks } from './types'

/**
 * Greeks of an inverse perpetual or future in USD, contract and index moving in proportion: the P&L of `inversePnl` is
 * then linear in the index, with delta notional ÷ entry price units. (In coins it is not linear: that gamma is the
 * conversion of the coins themselves.)
 */
export function inverseGreeks(notional: number, entryPrice: number): Greeks {
  return { delta: notional / entryPrice, gamma: 0, vega: 0, theta: 0 }
}
