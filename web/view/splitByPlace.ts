import type { CollateralRow, Figure } from '../api/answer'
import { subtractDecimals, sumDecimals } from '../format/decimal'

/** What one protocol on one chain holds of the account. `unknown` counts rows whose value is unknown: the sums are without them. */
export interface Place {
  readonly chain: string
  readonly protocol: string
  readonly collateral: string
  readonly debt: string
  readonly equity: string
  readonly credit: string
  readonly unknown: number
}

/** Adds the rows up by chain and protocol, in the order of chains and protocols; exact. */
export function splitByPlace(rows: readonly CollateralRow[]): readonly Place[] {
  const groups = new Map<string, CollateralRow[]>()
  for (const row of rows) {
    const key = JSON.stringify([row.chain, row.protocol])
    groups.set(key, [...(groups.get(key) ?? []), row])
  }
  return [...groups.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => toPlace(group))
}

function toPlace(rows: readonly CollateralRow[]): Place {
  const { chain, protocol } = rows[0]!
  const collateral = sumKnown(rows.filter((row) => row.side !== 'borrow').map((row) => row.marketValue))
  const debt = sumKnown(rows.filter((row) => row.side === 'borrow').map((row) => row.marketValue))
  return {
    chain,
    protocol,
    collateral,
    debt,
    equity: subtractDecimals(collateral, debt),
    credit: sumKnown(rows.map((row) => row.credit)),
    unknown: rows.filter((row) => typeof row.marketValue !== 'string').length,
  }
}

function sumKnown(values: readonly Figure[]): string {
  return sumDecimals(values.filter((value) => typeof value === 'string'))
}
