/**
 * The premium of an inverse option in coins per unit, from its value in USD and the price at which coins are converted
 * (the index the venue settles on). `null` when the coin is worth nothing: no number of coins has that value.
 */
export function inverseOptionValue(valueUsd: number, settlementPrice: number): number | null {
  return settlementPrice > 0 ? valueUsd / settlementPrice : null
}
