import type { CreditedHolding } from '../scenario/collateralLegs'
import type { Factors } from '../scenario/factors'
import type { CreditedUnit } from '../scenario/unitLegs'
import type { Instrument, ResolvedCash, ResolvedLendingUnit, Tick } from '../types'

/** What the scenarios revalue: an account whose credits are known. */
export interface Account extends Tick {
  readonly factors: Factors
  readonly instruments: readonly Instrument[]
  readonly holdings: readonly CreditedHolding[]
  readonly units: readonly CreditedUnit[]
  readonly cash: readonly ResolvedCash[]
  /** Factor on the scan's shocks by risk group; absent = 1. */
  readonly shockFactors: ReadonlyMap<string, number>
}

/** Risk groups in which the account has anything, by name; `groupsOf` says in which ones a unit has. */
export function accountGroups(
  account: Account,
  groupsOf: (unit: ResolvedLendingUnit) => readonly string[],
): readonly string[] {
  const groups = new Set<string>()
  for (const { riskGroup } of account.instruments) groups.add(riskGroup)
  for (const { holding } of account.holdings) groups.add(holding.riskGroup)
  for (const { riskGroup } of account.cash) if (riskGroup !== null) groups.add(riskGroup)
  for (const { unit } of account.units) for (const group of groupsOf(unit)) groups.add(group)
  return [...groups].sort()
}
