import type { CreditedHolding } from '../scenario/collateralLegs'
import type { Factors } from '../scenario/factors'
import type { CreditedUnit } from '../scenario/unitLegs'
import type { Instrument, ParameterSet, ResolvedCash, ResolvedMarket } from '../types'

/** What the scenarios revalue: an account whose credits are known. */
export interface Account {
  readonly at: number
  readonly market: ResolvedMarket
  readonly parameters: ParameterSet
  readonly factors: Factors
  readonly instruments: readonly Instrument[]
  readonly holdings: readonly CreditedHolding[]
  readonly units: readonly CreditedUnit[]
  readonly cash: readonly ResolvedCash[]
}
