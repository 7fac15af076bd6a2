/**
 * P&L of an inverse perpetual or dated future in USD. `notional` is signed USD (long > 0, gains when the price rises);
 * it is paid in coins, notional·(1/entry − 1/price), and a coin is worth `settlementPrice`.
 *
 * Written as notional·(settlement/entry − settlement/price). As a price falls to 0 the index falls with it and their
 * ratio, not the number of coins, stays finite: at 0 it is taken as 1, so a long loses its whole notional.
 */
export function inversePnl(notional: number, entryPrice: number, price: number, settlementPrice: number): number {
  const basis = price > 0 ? settlementPrice / price : 1
  return notional * (settlementPrice / entryPrice - basis)
}
