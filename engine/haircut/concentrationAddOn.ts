import type { ConcentrationAxis } from '../types/parameters'
import { chargedUpTo } from './concentrationCharge'

/** Credit of one leaf, the haircut floor of its class, and what it depends on. */
export interface ConcentratedLeaf {
  /** USD ≥ 0. */
  readonly credit: number
  /** h_c, fraction in [0,1]. */
  readonly floor: number
  readonly keys: Readonly<Partial<Record<ConcentrationAxis, string | null>>>
}

export interface ConcentrationRow {
  readonly axis: ConcentrationAxis
  readonly key: string
  readonly exposure: number
  readonly threshold: number
  readonly charge: number
}

export interface ConcentrationAddOn {
  /** USD ≥ 0: the charge of the dearest axis. */
  readonly amount: number
  readonly axis: ConcentrationAxis | null
  /** Every charge above 0, of all axes, by axis and key. */
  readonly charges: readonly ConcentrationRow[]
}

const AXES: readonly ConcentrationAxis[] = ['asset', 'issuer', 'protocol', 'chain', 'oracle', 'curator']

/**
 * Charge for having too much of one thing, over all of an owner's collateral: per axis the sum of `concentrationCharge` over its
 * keys, and of these sums the largest (ties: the first axis). The same USD is concentrated in its asset, its issuer and its chain;
 * charging it on every axis could cost more than it brings. A leaf without a key on an axis is not charged there.
 *
 * Leaves of one key with different floors are stacked by rising floor, each charged for its own stretch: the marginal charge then
 * stays at or below 1, so more collateral is never worth less. `thresholdOf` gives T in USD and must not fall as credit grows.
 */
export function concentrationAddOn(
  leaves: readonly ConcentratedLeaf[],
  thresholdOf: (axis: ConcentrationAxis, key: string) => number,
): ConcentrationAddOn {
  const rows = AXES.flatMap((axis) => axisCharges(leaves, axis, thresholdOf))
  let amount = 0
  let dearest: ConcentrationAxis | null = null
  for (const axis of AXES) {
    const sum = rows.reduce((total, row) => (row.axis === axis ? total + row.charge : total), 0)
    if (sum > amount) {
      amount = sum
      dearest = axis
    }
  }
  return { amount, axis: dearest, charges: rows }
}

function axisCharges(
  leaves: readonly ConcentratedLeaf[],
  axis: ConcentrationAxis,
  thresholdOf: (axis: ConcentrationAxis, key: string) => number,
): readonly ConcentrationRow[] {
  const stacks = new Map<string, ConcentratedLeaf[]>()
  for (const leaf of leaves) {
    const key = leaf.keys[axis] ?? null
    if (key === null || leaf.credit <= 0) continue
    const stack = stacks.get(key)
    if (stack === undefined) stacks.set(key, [leaf])
    else stack.push(leaf)
  }
  return [...stacks.keys()].sort().flatMap((key) => {
    const threshold = thresholdOf(axis, key)
    const { exposure, charge } = stackCharge(stacks.get(key)!, threshold)
    return charge > 0 ? [{ axis, key, exposure, threshold, charge }] : []
  })
}

function stackCharge(stack: readonly ConcentratedLeaf[], threshold: number): { exposure: number; charge: number } {
  const byFloor = [...stack].sort((one, other) => one.floor - other.floor || one.credit - other.credit)
  let exposure = 0
  let charge = 0
  for (const { credit, floor } of byFloor) {
    const end = exposure + credit
    charge += chargedUpTo(end, threshold, floor) - chargedUpTo(exposure, threshold, floor) - floor * credit
    exposure = end
  }
  return { exposure, charge }
}
