import type { CollateralRow } from './wire'

/** What rows say together; `null` when the figure of one is unknown. */
export function sumOf(rows: readonly CollateralRow[], field: 'amount' | 'shares'): bigint | null {
  return rows.reduce<bigint | null>((total, row) => {
    const value = row[field]
    return total === null || value === null ? null : total + BigInt(value)
  }, 0n)
}
