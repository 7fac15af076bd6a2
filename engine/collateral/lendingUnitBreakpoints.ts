import { compileLendingUnit } from './compileLendingUnit'
import type { MovablePolicy, UnitPrices, UnitTerms } from './types'

/** Half width of the pair of moves around a breakpoint: far above rounding, far below any figure that matters. */
const SIDE = 1e-9

/** Below this health factor Aave lets the whole debt be closed in one call. */
const CLOSE_FACTOR_HEALTH = 0.95

export interface Breakpoint {
  readonly kind: /** Health factor 1: E jumps by the liquidation incentive. */
    | 'healthFactor1'
    /** Health factor 0.95: Aave's close factor changes. */
    | 'closeFactor'
    /** Collateral just covers debt and incentive: E reaches 0 and bad debt begins. */
    | 'exhausted'
    /** Nothing more can leave at the target health factor: W reaches 0. */
    | 'movable'
  /** Move of the factor at the breakpoint, fraction. */
  readonly move: number
  /** Moves just below and above it, within the range asked for. */
  readonly below: number
  readonly above: number
}

/**
 * Where E, W and bad debt of a unit kink or jump as one factor moves, by rising move. A fixed grid of scenarios steps over
 * them: the worst point of a hedged unit is one side of a breakpoint.
 *
 * Leg k costs `price·(1 + sensitivity[k]·m)` under the move m in [from, to]; every price must stay ≥ 0 over the range.
 * Each breakpoint is one linear equation Σ weightᵢ·collateralᵢ(m) = level·debt(m) at oracle prices, with weight LT, LT, 1 ÷
 * incentive, and the policy's backing. None without debt.
 */
export function lendingUnitBreakpoints(
  unit: UnitTerms,
  prices: UnitPrices,
  sensitivity: ArrayLike<number>,
  range: { readonly from: number; readonly to: number },
  policy: MovablePolicy,
): readonly Breakpoint[] {
  const { collaterals, legs, quantity, threshold, incentive, backing, pledged } = compileLendingUnit(unit, policy)

  const crossing = (kind: Breakpoint['kind'], weight: (leg: number) => number, level: number): Breakpoint[] => {
    let constant = 0
    let slope = 0
    for (let leg = 0; leg < legs; leg++) {
      const factor = leg < collaterals ? pledged[leg]! * weight(leg) : -level
      const value = factor * quantity[leg]! * prices.oracle[leg]!
      constant += value
      slope += value * sensitivity[leg]!
    }
    const move = -constant / slope
    if (!(move >= range.from && move <= range.to)) return []
    return [{ kind, move, below: Math.max(range.from, move - SIDE), above: Math.min(range.to, move + SIDE) }]
  }

  if (!unit.debt.some((leg, index) => leg.quantity * prices.oracle[collaterals + index]! > 0)) return []
  return [
    ...crossing('healthFactor1', (leg) => threshold[leg]!, 1),
    ...(unit.rule === 'aave' ? crossing('closeFactor', (leg) => threshold[leg]!, CLOSE_FACTOR_HEALTH) : []),
    ...crossing('exhausted', (leg) => 1 / incentive[leg]!, 1),
    ...crossing('movable', (leg) => backing[leg]!, 1),
  ].sort((one, other) => one.move - other.move)
}
