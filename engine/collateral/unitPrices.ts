import type { UnitPrices, UnitTerms } from './types'

/** The prices a unit carries itself, as leg rows; collateral whose price cannot be relied on has none. */
export function unitPrices(unit: UnitTerms): UnitPrices {
  const collateral = unit.collateral.map((leg) =>
    leg.unusable ? { oraclePrice: 0, markPrice: 0 } : { oraclePrice: leg.oraclePrice, markPrice: leg.markPrice },
  )
  const legs = [...collateral, ...unit.debt]
  return {
    oracle: Float64Array.from(legs, (leg) => leg.oraclePrice),
    mark: Float64Array.from(legs, (leg) => leg.markPrice),
  }
}
