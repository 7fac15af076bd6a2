import { isPledged } from '../isPledged'
import type { UnitPrices, UnitTerms } from '../types'

export interface LiquidationCall {
  /** Index of the collateral taken and of the debt repaid; `null` where all are touched at once. */
  readonly collateral: number | null
  readonly debt: number | null
  /** Quantity of the debt token repaid (absorbed, for Comet). */
  readonly repaid: number
  /** Quantity of the collateral token the owner loses; 0 where all are taken. */
  readonly seized: number
  /** Part of `seized` that goes to the protocol. */
  readonly protocolFee: number
}

/** A unit while it is being liquidated: quantities by leg, changed in place. */
export interface Outcome {
  readonly collateral: number[]
  readonly debt: number[]
  /** Debt written off, quantity by debt leg. */
  readonly writtenOff: number[]
  /** Base asset credited to the owner (Comet), in units of the first debt. */
  surplus: number
  readonly calls: LiquidationCall[]
}

/** The unit before any call. */
export function untouched(unit: UnitTerms): Outcome {
  return {
    collateral: unit.collateral.map((leg) => leg.quantity),
    debt: unit.debt.map((leg) => leg.quantity),
    writtenOff: unit.debt.map(() => 0),
    surplus: 0,
    calls: [],
  }
}

/** Oracle value of every leg of a unit in the course of liquidation. */
export function oracleValues(unit: UnitTerms, prices: UnitPrices, { collateral, debt }: Outcome) {
  const first = unit.collateral.length
  return {
    collateral: collateral.map((quantity, leg) => quantity * prices.oracle[leg]!),
    debt: debt.map((quantity, leg) => quantity * prices.oracle[first + leg]!),
  }
}

/** Σ collateral·LT ÷ Σ debt at oracle prices; `null` without debt. */
export function healthFactorOf(unit: UnitTerms, prices: UnitPrices, outcome: Outcome): number | null {
  const values = oracleValues(unit, prices, outcome)
  const debt = values.debt.reduce((sum, value) => sum + value, 0)
  if (!(debt > 0)) return null
  const backing = values.collateral.reduce(
    (sum, value, leg) =>
      isPledged(unit, unit.collateral[leg]!) ? sum + value * unit.collateral[leg]!.liquidationThreshold : sum,
    0,
  )
  return backing / debt
}

/** Whether the protocol lets anyone liquidate. */
export function isLiquidatable(unit: UnitTerms, prices: UnitPrices, outcome: Outcome): boolean {
  const health = healthFactorOf(unit, prices, outcome)
  return health !== null && health < 1
}

/** Moves all debt that is left to what is written off. */
export function writeOff(outcome: Outcome): void {
  outcome.debt.forEach((quantity, leg) => {
    outcome.writtenOff[leg]! += quantity
    outcome.debt[leg] = 0
  })
}
