/** P&L of spot, a linear perpetual or a linear dated future in USD: quantity (signed units) × (price − entry price). */
export function linearPnl(quantity: number, entryPrice: number, price: number): number {
  return quantity * (price - entryPrice)
}
