import { isCollateral, type LegMatrix } from './legs'

/** Groups of a matrix in order of appearance, and each leg's index into them. */
function groupIndex(matrix: LegMatrix): { readonly groups: number; readonly ofLeg: Int32Array } {
  const indices = new Map<string, number>()
  const ofLeg = Int32Array.from(matrix.legs, ({ riskGroup }) => {
    const index = indices.get(riskGroup) ?? indices.size
    indices.set(riskGroup, index)
    return index
  })
  return { groups: indices.size, ofLeg }
}

/** Net collateral gains of each group in one scenario. */
function collateralByGroup(
  matrix: LegMatrix,
  ofLeg: Int32Array,
  collateral: Uint8Array,
  scenario: number,
  out: Float64Array,
): void {
  out.fill(0)
  for (let leg = 0; leg < ofLeg.length; leg += 1) {
    if (collateral[leg] === 0) continue
    const group = ofLeg[leg] as number
    out[group] = (out[group] as number) + (matrix.pnl[leg * matrix.scenarios + scenario] as number)
  }
}

/**
 * P&L of the account in every scenario, USD: Σ position P&L + Σ over risk groups of the collateral's net change, a net gain of a
 * group's collateral counting at `gainsOffset` only (variation margin is paid in cash, collateral is not cash).
 */
export function accountPnl(matrix: LegMatrix, gainsOffset: number): Float64Array {
  const { groups, ofLeg } = groupIndex(matrix)
  const collateral = Uint8Array.from(matrix.legs, (leg) => (isCollateral(leg) ? 1 : 0))
  const byGroup = new Float64Array(groups)
  const out = new Float64Array(matrix.scenarios)
  for (let scenario = 0; scenario < matrix.scenarios; scenario += 1) {
    collateralByGroup(matrix, ofLeg, collateral, scenario, byGroup)
    let total = 0
    for (let leg = 0; leg < ofLeg.length; leg += 1) {
      if (collateral[leg] === 0) total += matrix.pnl[leg * matrix.scenarios + scenario] as number
    }
    for (let group = 0; group < groups; group += 1) {
      const change = byGroup[group] as number
      total += change > 0 ? gainsOffset * change : change
    }
    out[scenario] = total
  }
  return out
}

/** Part of each leg in the account's P&L of one scenario; the parts sum to `accountPnl` there. */
export function legContributions(matrix: LegMatrix, gainsOffset: number, scenario: number): Float64Array {
  const { groups, ofLeg } = groupIndex(matrix)
  const collateral = Uint8Array.from(matrix.legs, (leg) => (isCollateral(leg) ? 1 : 0))
  const byGroup = new Float64Array(groups)
  collateralByGroup(matrix, ofLeg, collateral, scenario, byGroup)
  return Float64Array.from(matrix.legs, (_, leg) => {
    const change = matrix.pnl[leg * matrix.scenarios + scenario] as number
    const gains = collateral[leg] === 1 && (byGroup[ofLeg[leg] as number] as number) > 0
    return gains ? gainsOffset * change : change
  })
}
