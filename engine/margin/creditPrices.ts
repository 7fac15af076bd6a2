import type { UnitPrices } from '../collateral/types'
import { unitPrices } from '../collateral/unitPrices'
import { PAR } from '../scenario/collateralLegs'
import type { ResolvedLendingUnit } from '../types'

/** Prices of a unit against its owner: what is owed in a stablecoin counts at par at least. */
export function creditPrices(unit: ResolvedLendingUnit): UnitPrices {
  const count = unit.collateral.length
  const floored = (price: number, index: number) =>
    unit.debt[index - count]?.class.family === 'stable' ? Math.max(PAR, price) : price
  const { oracle, mark } = unitPrices(unit)
  return { oracle: Array.from(oracle, floored), mark: Array.from(mark, floored) }
}
