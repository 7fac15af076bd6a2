import type { Preparation } from '../preparation/types'
import type { Action, World } from '../types'
import { borrowActions } from './borrowActions'
import { cometActions } from './cometActions'
import { edgeActions } from './edgeActions'
import { flashActions } from './flashActions'
import { governanceActions } from './governanceActions'
import { lendingVaultActions } from './lendingVaultActions'
import { liquidationActions } from './liquidationActions'
import { listingActions } from './listingActions'
import { managerActions } from './managerActions'
import { marketRepairs } from './marketRepairs'
import { morphoActions } from './morphoActions'
import { priceActions } from './priceActions'
import { restrictedActions } from './restrictedActions'
import { shareActions } from './shareActions'
import { stableActions } from './stableActions'
import { supplyActions } from './supplyActions'
import { vaultActions } from './vaultActions'
import { vaultV2Actions } from './vaultV2Actions'

/** Everything that can happen on a prepared chain. */
export function allActions(preparation: Preparation): readonly Action[] {
  const actions: readonly Action[] = [
    ...supplyActions,
    ...borrowActions,
    ...stableActions(preparation),
    ...restrictedActions(preparation),
    ...edgeActions(preparation),
    ...managerActions,
    ...liquidationActions(preparation),
    ...flashActions(preparation),
    ...priceActions(preparation),
    ...governanceActions(preparation),
    ...listingActions(preparation),
    ...vaultActions,
    ...lendingVaultActions(preparation),
    ...vaultV2Actions(preparation),
    ...shareActions,
    ...morphoActions(preparation),
    ...cometActions(preparation),
  ]
  // Governance may have shut what an action needs; that is looked at before its own way is opened.
  return actions.map((action) => ({
    ...action,
    openWay: (world: World) => marketRepairs(world, preparation) ?? action.openWay?.(world) ?? null,
  }))
}
