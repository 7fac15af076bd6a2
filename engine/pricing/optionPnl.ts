/**
 * Unrealised P&L of an option position in USD, positive = gain. `quantity` signed (long > 0), `value` in USD per unit.
 * Linear: q·(value − entry) with the entry premium in USD. Inverse: the premium was paid in coins, which are worth
 * `settlementPrice` today: q·(value − entry·settlementPrice).
 */
export function optionPnl(
  quantity: number,
  entryPremium: number,
  value: number,
  inverse: boolean,
  settlementPrice: number,
): number {
  return quantity * (value - (inverse ? entryPremium * settlementPrice : entryPremium))
}
