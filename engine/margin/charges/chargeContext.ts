import type { PositionRow } from '../../types'
import type { Account } from '../account'

/** What a charge may look at. */
export interface ChargeContext {
  readonly account: Account
  readonly positions: readonly PositionRow[]
  /** Collateral that survives its own worst scenario, by leg id, USD. */
  readonly surviving: ReadonlyMap<string, number>
}

/** A charge, USD, both ≥ 0. */
export interface Charged {
  readonly initial: number
  readonly maintenance: number
  readonly details?: Readonly<Record<string, number>>
}
