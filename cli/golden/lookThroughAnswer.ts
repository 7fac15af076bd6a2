import { add, type Fraction } from '../../engine/collateral/look-through/fraction'
import {
  type ClaimDefinition,
  type LookThroughLeaf,
  lookThrough,
} from '../../engine/collateral/look-through/lookThrough'
import type { GoldenLookThrough, LookThroughAnswer } from './goldenFile'

/** The engine's answer to a look-through case, in the form of the cases and with every list. */
export function lookThroughAnswer({ claims, definitions }: GoldenLookThrough['input']): Required<LookThroughAnswer> {
  const whole = <T extends { readonly quantity: string }>(row: T) => ({ ...row, quantity: BigInt(row.quantity) })
  const defined = Object.entries(definitions).map(([token, { supply, holdings, units }]): [string, ClaimDefinition] => [
    token,
    {
      supply: BigInt(supply),
      holdings: holdings.map(whole),
      units: units.map(({ id, collateral, debt }) => ({
        id,
        collateral: collateral.map(whole),
        debt: debt.map(whole),
      })),
    },
  ])
  const found = lookThrough(
    claims.map((claim) => ({ ...whole(claim), path: [] })),
    new Map(defined),
  )
  const { leaves, units, looped, missing } = found
  return {
    counts: { leaves: leaves.length, units: units.length, looped: looped.length, missing: missing.length },
    totals: { leaves: totals(leaves), looped: totals(looped), missing: totals(missing) },
    leaves: leaves.map(written),
    units: units.map(({ path, collateral, debt, ...unit }) => ({
      ...unit,
      way: path,
      collateral: collateral.map(exact),
      debt: debt.map(exact),
    })),
    looped: looped.map(written),
    missing: missing.map(({ reasonCode, ...claim }) => ({ ...written(claim), reason: reasonCode })),
  }
}

function text({ numerator, denominator }: Fraction): string {
  return `${numerator}/${denominator}`
}

function exact<T extends { readonly quantity: Fraction }>(row: T) {
  return { ...row, quantity: text(row.quantity) }
}

function written({ claim, asset, quantity, path }: LookThroughLeaf) {
  return { claim, asset, quantity: text(quantity), way: path }
}

function totals(rows: readonly LookThroughLeaf[]): Readonly<Record<string, string>> {
  const sums = new Map<string, Fraction>()
  for (const { asset, quantity } of rows) {
    const sum = sums.get(asset)
    sums.set(asset, sum === undefined ? quantity : add(sum, quantity))
  }
  return Object.fromEntries([...sums].map(([asset, sum]) => [asset, text(sum)]))
}
