import type { CreditTier, HaircutParameters } from '../types/parameters'
import type { Leaf } from './leafDeductions'
import { progressiveValue } from './progressiveValue'
import { sellable } from './sellable'
import type { Deduction } from './types'

/** A leaf with what it is relied on for (USD, at marks) and what all its other steps leave of one USD. */
export interface SizedLeaf {
  readonly leaf: Leaf
  readonly base: number
  readonly retained: number
}

/** What survives a level: `counted` of `gross` USD. */
interface Surviving {
  readonly counted: Float64Array
  readonly gross: Float64Array
}

/**
 * The size step of every leaf of an account, in the order given: the larger, per risk group, of price impact and
 * progressive tiers; tiers per issuer likewise.
 *
 * Everything of one kind is stacked, what its other steps leave most of first, and each leaf is charged for its own stretch
 * of the stack; equals share. So a leaf is never pushed into a worse tier by collateral that is worth less than itself, and
 * adding collateral never lowers the credit: with the retained fractions r₁ ≥ r₂ ≥ … and S_k what the first k leaves count
 * for, credit = Σ S_k·(r_k − r_{k+1}), where every S_k = min(S_{k−1} + u_k, tiers(size of the first k)) rises with every holding.
 * (With tiers that bind per group and per issuer on the same leaves at once it holds up to their overlap.)
 */
export function sizeDeductions(leaves: readonly SizedLeaf[], parameters: HaircutParameters): readonly Deduction[] {
  const classes = equalClasses(leaves)
  const absorbed = absorbedByMarkets(leaves, classes)
  const byIssuer = tiered(leaves, classes, absorbed, ({ issuer }) => issuer, parameters.issuerTiers)
  const byGroup = tiered(leaves, classes, byIssuer, ({ riskGroup }) => riskGroup, parameters.riskGroupTiers)
  return leaves.map(({ leaf, base }, index) => {
    if (!(base > byGroup.counted[index]!)) return { step: 'size', rule: 'none', haircut: 0 }
    const cuts = [
      { rule: 'impact', amount: base - absorbed.counted[index]! },
      { rule: `tiers:issuer:${leaf.issuer}`, amount: absorbed.counted[index]! - byIssuer.counted[index]! },
      { rule: `tiers:riskGroup:${leaf.riskGroup}`, amount: byIssuer.counted[index]! - byGroup.counted[index]! },
    ]
    const dearest = cuts.reduce((worst, cut) => (cut.amount > worst.amount ? cut : worst))
    return { step: 'size', rule: dearest.rule, haircut: 1 - byGroup.counted[index]! / base }
  })
}

/** Fractions this close are the same haircuts multiplied in another order. */
const SAME_FRACTION = 1e-12

/** Leaf indexes by falling retained fraction, equals together in the order given. */
function equalClasses(leaves: readonly SizedLeaf[]): readonly (readonly number[])[] {
  const falling = leaves.map((_, index) => index).sort((one, other) => leaves[other]!.retained - leaves[one]!.retained)
  const levels: number[][] = []
  for (const index of falling) {
    const level = levels.at(-1)
    if (level !== undefined && leaves[level[0]!]!.retained - leaves[index]!.retained <= SAME_FRACTION) level.push(index)
    else levels.push([index])
  }
  return levels
}

/** Indexes of one class by a key of their leaf. */
function grouped(
  leaves: readonly SizedLeaf[],
  level: readonly number[],
  keyOf: (leaf: Leaf) => string | null,
): ReadonlyMap<string | null, readonly number[]> {
  const groups = new Map<string | null, number[]>()
  for (const index of level) {
    const key = keyOf(leaves[index]!.leaf)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [index])
    else group.push(index)
  }
  return groups
}

/** Impact of the account's total of each asset, wherever it lies. */
function absorbedByMarkets(leaves: readonly SizedLeaf[], classes: readonly (readonly number[])[]): Surviving {
  const counted = new Float64Array(leaves.length)
  const gross = new Float64Array(leaves.length)
  const before = new Map<string | null, number>()
  for (const level of classes) {
    for (const [asset, indexes] of grouped(leaves, level, (leaf) => leaf.asset)) {
      const from = before.get(asset) ?? 0
      const stretch = indexes.reduce((sum, index) => sum + leaves[index]!.base, 0)
      before.set(asset, from + stretch)
      for (const index of indexes) {
        const { leaf, base } = leaves[index]!
        counted[index] = base
        gross[index] = base
        // Beside a fortune in the same asset, the differences below lose a small leaf to rounding.
        if (leaf.haircut.impact.length === 0) continue
        const start = sellable(from, leaf.haircut.impact)
        const end = sellable(from + stretch, leaf.haircut.impact)
        const share = stretch > 0 ? base / stretch : 0
        counted[index] = Math.min(base, share * (end.proceeds - start.proceeds))
        gross[index] = Math.min(base, share * (end.size - start.size))
      }
    }
  }
  return { counted, gross }
}

/** Progressive tiers over the stack of each key; keys without tiers pass through. */
function tiered(
  leaves: readonly SizedLeaf[],
  classes: readonly (readonly number[])[],
  { counted, gross }: Surviving,
  keyOf: (leaf: Leaf) => string | null,
  tiersByKey: Readonly<Record<string, readonly CreditTier[]>>,
): Surviving {
  const left = Float64Array.from(counted)
  const stacks = new Map<string | null, { size: number; counted: number }>()
  for (const level of classes) {
    for (const [key, indexes] of grouped(leaves, level, keyOf)) {
      const tiers = key !== null && Object.hasOwn(tiersByKey, key) ? tiersByKey[key] : undefined
      if (tiers === undefined) continue
      const stack = stacks.get(key) ?? { size: 0, counted: 0 }
      const wanted = indexes.reduce((sum, index) => sum + counted[index]!, 0)
      stack.size += indexes.reduce((sum, index) => sum + gross[index]!, 0)
      const room = Math.max(0, progressiveValue(stack.size, tiers) - stack.counted)
      const share = wanted > room ? room / wanted : 1
      for (const index of indexes) left[index] = counted[index]! * share
      stack.counted += Math.min(wanted, room)
      stacks.set(key, stack)
    }
  }
  return { counted: left, gross }
}
