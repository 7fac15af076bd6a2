/** Morpho Blue's liquidation incentive factor of a market: min(1.15, 1 ÷ (0.3·LLTV + 0.7)). */
export function morphoIncentive(lltv: number): number {
  return Math.min(1.15, 1 / (0.3 * lltv + 0.7))
}
