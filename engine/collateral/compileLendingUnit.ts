import { assetOrder } from './assetOrder'
import { isPledged } from './isPledged'
import type { CollateralLeg, CompiledLendingUnit, MovablePolicy, UnitTerms } from './types'

/**
 * Lays a unit out as flat arrays for `evaluateLendingUnitScenarios`.
 *
 * `backing` is min(LT ÷ h*, maxLtv): the policy asks Σ backing·collateral ≥ debt, which keeps the health factor at
 * h* and the loan within its LTV. h* is chosen per collateral by its own threshold, so that adding a collateral of another
 * kind never tightens what the others already back; taking the smaller of the two bounds leg by leg is exact for one collateral
 * and never above the exact answer for several.
 */
export function compileLendingUnit(unit: UnitTerms, policy: MovablePolicy): CompiledLendingUnit {
  const { collateral, debt } = unit
  const pledges = collateral.map((leg) => isPledged(unit, leg))
  const count = collateral.length
  return {
    rule: unit.rule,
    collaterals: count,
    legs: count + debt.length,
    quantity: Float64Array.from([...collateral, ...debt], (leg) => leg.quantity),
    threshold: Float64Array.from(collateral, (leg) => leg.liquidationThreshold),
    incentive: Float64Array.from(collateral, (leg) => leg.liquidationIncentive),
    backing: Float64Array.from(collateral, (leg) => backing(leg, policy)),
    withdrawable: Float64Array.from(collateral, (leg) => Math.min(leg.quantity, leg.withdrawable)),
    pledged: Uint8Array.from(pledges, Number),
    blocking: Uint8Array.from(collateral, (leg, index) => Number(pledges[index]! && isBlocking(leg, unit))),
    byAsset: Int32Array.from(assetOrder(collateral)),
    scratch: {
      oracleValue: new Float64Array(count),
      markValue: new Float64Array(count),
      key: new Float64Array(count),
      order: new Int32Array(count),
    },
  }
}

/** Aave refuses other withdrawals while collateral of LTV 0 is switched on; it blocks when it cannot leave itself. */
function isBlocking(leg: CollateralLeg, unit: UnitTerms): boolean {
  return unit.rule === 'aave' && leg.maxLtv === 0 && leg.quantity > 0 && leg.withdrawable < leg.quantity
}

function backing(leg: CollateralLeg, policy: MovablePolicy): number {
  const high = leg.liquidationThreshold > policy.highThreshold
  const target = high ? policy.targetHealthFactorHigh : policy.targetHealthFactor
  return Math.min(leg.liquidationThreshold / target, leg.maxLtv)
}
