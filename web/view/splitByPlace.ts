import { type CollateralRow, type Figure, isDebt, placeOf } from '../api/answer'
import { subtractDecimals, sumDecimals } from '../format/decimal'

/** What one protocol on one chain holds of the account. The sums are without rows of unknown value, which are counted beside them. */
export interface Place {
  readonly chain: string
  readonly protocol: string
  readonly collateral: string
  readonly debt: string
  readonly equity: string
  readonly credit: string
  readonly unknownCollateral: number
  readonly unknownDebt: number
}

/** Adds the rows up by chain and protocol, in the order of chains and protocols; exact. */
export function splitByPlace(rows: readonly CollateralRow[]): readonly Place[] {
  const groups = new Map<string, CollateralRow[]>()
  for (const row of rows) {
    const key = JSON.stringify([placeOf(row), row.protocol])
    groups.set(key, [...(groups.get(key) ?? []), row])
  }
  return [...groups.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => toPlace(group))
}

function toPlace(rows: readonly CollateralRow[]): Place {
  const [first] = rows
  const debts = rows.filter(isDebt).map((row) => row.marketValue)
  const holdings = rows.filter((row) => !isDebt(row)).map((row) => row.marketValue)
  const [collateral, debt] = [sumKnown(holdings), sumKnown(debts)]
  return {
    chain: placeOf(first!),
    protocol: first!.protocol,
    collateral,
    debt,
    equity: subtractDecimals(collateral, debt),
    credit: sumKnown(rows.map((row) => row.credit)),
    unknownCollateral: holdings.filter(isUnknown).length,
    unknownDebt: debts.filter(isUnknown).length,
  }
}

function isUnknown(value: Figure): boolean {
  return typeof value !== 'string'
}

function sumKnown(values: readonly Figure[]): string {
  return sumDecimals(values.filter((value) => typeof value === 'string'))
}
