import type { Preparation } from '../prepare'
import type { Action } from '../types'
import { borrowActions } from './borrowActions'
import { flashActions } from './flashActions'
import { governanceActions } from './governanceActions'
import { liquidationActions } from './liquidationActions'
import { priceActions } from './priceActions'
import { supplyActions } from './supplyActions'
import { vaultActions } from './vaultActions'

/** Everything that can happen on a prepared chain. */
export function allActions(preparation: Preparation): readonly Action[] {
  return [
    ...supplyActions,
    ...borrowActions,
    ...liquidationActions,
    ...flashActions(preparation),
    ...priceActions(preparation),
    ...governanceActions(preparation),
    ...vaultActions,
  ]
}
