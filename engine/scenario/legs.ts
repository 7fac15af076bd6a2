/** One line of an account whose P&L is followed through every scenario. */
export interface Leg {
  readonly id: string
  readonly kind: 'position' | 'collateral' | 'lendingUnit' | 'cash'
  /** Group whose scenarios move it; `*` for a unit revalued on joint moves. */
  readonly riskGroup: string
}

/** P&L of every leg in every scenario, USD, gain positive: contiguous, leg × scenario. */
export interface LegMatrix {
  readonly legs: readonly Leg[]
  readonly scenarios: number
  readonly pnl: Float64Array
}

/** Stacks matrices over the same scenarios. */
export function stackLegs(matrices: readonly LegMatrix[], scenarios: number): LegMatrix {
  const legs = matrices.flatMap((matrix) => matrix.legs)
  const pnl = new Float64Array(legs.length * scenarios)
  let offset = 0
  for (const matrix of matrices) {
    pnl.set(matrix.pnl, offset)
    offset += matrix.pnl.length
  }
  return { legs, scenarios, pnl }
}

/** Whether gains of the leg count only in part against derivative losses: collateral is not variation margin. */
export function isCollateral(leg: Leg): boolean {
  return leg.kind !== 'position'
}
