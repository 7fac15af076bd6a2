import type { UnitControl } from './types'

/**
 * What the equity of a unit can be relied on for, before haircuts, USD ≥ 0: `min(E, W)` where the venue can only take what
 * can be withdrawn, `(1 − unwindCost)·E` where it controls the account and can unwind it. To be applied again at every
 * price. With control `none` the figure is indicative: pledges and attestations treat it as 0.
 */
export function creditBase(unit: UnitControl, equity: number, movable: number, unwindCost: number): number {
  if (unit.control === 'enforceable' && unit.unwindable) return (1 - unwindCost) * equity
  return Math.min(equity, movable)
}
