import type { HaircutParameters } from '../types/parameters'
import type { Leaf } from './leafDeductions'
import type { Deduction } from './types'

/** Credit of one leaf before caps, USD. */
export interface CreditedLeaf {
  readonly leaf: Leaf
  readonly credit: number
}

interface Scale {
  readonly rule: string
  readonly factor: number
}

/**
 * The cap step of every leaf, in the order given: credit above a cap is cut pro rata by credit, first per (asset, chain), then the
 * asset over all accounts, then the account. `bookCredit` is the credit of each asset over all accounts, this one included; without
 * it the account's own total is the whole book.
 */
export function capDeductions(
  leaves: readonly CreditedLeaf[],
  { caps }: HaircutParameters,
  bookCredit: Readonly<Record<string, number>> = {},
): readonly Deduction[] {
  const places = leaves.map(({ leaf }) => `${leaf.asset}:${leaf.chain ?? ''}`)
  const perPlace = totals(leaves, places)
  const placed = leaves.map(({ credit }, index) => {
    const place = places[index]!
    return { credit, scale: scaleTo(cap(caps.assetChain, place), perPlace.get(place)!, `assetChain:${place}`) }
  })
  const assets = leaves.map(({ leaf }) => leaf.asset)
  const perAsset = totals(
    placed.map(({ credit, scale }) => ({ credit: credit * scale.factor })),
    assets,
  )
  const global = assets.map((asset) =>
    scaleTo(cap(caps.global, asset), Math.max(perAsset.get(asset)!, lookUp(bookCredit, asset) ?? 0), `global:${asset}`),
  )
  const total = placed.reduce((sum, { credit, scale }, index) => sum + credit * scale.factor * global[index]!.factor, 0)
  const account = scaleTo(caps.account ?? Infinity, total, 'account')
  return leaves.map((_, index) => {
    const scales = [placed[index]!.scale, global[index]!, account]
    const tightest = scales.reduce((worst, scale) => (scale.factor < worst.factor ? scale : worst))
    const factor = scales.reduce((product, scale) => product * scale.factor, 1)
    return { step: 'cap', rule: factor < 1 ? tightest.rule : 'none', haircut: 1 - factor }
  })
}

function totals(leaves: readonly { readonly credit: number }[], keys: readonly string[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>()
  leaves.forEach(({ credit }, index) => {
    const key = keys[index]!
    sums.set(key, (sums.get(key) ?? 0) + credit)
  })
  return sums
}

function scaleTo(limit: number, total: number, rule: string): Scale {
  return { rule, factor: total > limit ? limit / total : 1 }
}

function cap(limits: Readonly<Record<string, number>>, key: string): number {
  return lookUp(limits, key) ?? Infinity
}

function lookUp(values: Readonly<Record<string, number>>, key: string): number | undefined {
  return Object.hasOwn(values, key) ? values[key] : undefined
}
