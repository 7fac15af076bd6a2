import type { Status } from '../types'

/** What a status is decided from, USD. */
export interface StatusFigures {
  readonly marginBalance: number
  readonly maintenanceMargin: number
  readonly excessInitialMargin: number
}

/** The most severe status that holds. */
export function statusOf(
  { marginBalance, maintenanceMargin, excessInitialMargin }: StatusFigures,
  levels: { readonly warning: number; readonly reduceOnly: number },
): Status {
  if (marginBalance < 0) return 'BANKRUPT'
  if (maintenanceMargin > 0 && marginBalance <= maintenanceMargin) return 'LIQUIDATABLE'
  if (maintenanceMargin >= levels.reduceOnly * marginBalance && maintenanceMargin > 0) return 'REDUCE_ONLY'
  if (excessInitialMargin < 0) return 'MARGIN_CALL'
  if (maintenanceMargin >= levels.warning * marginBalance && maintenanceMargin > 0) return 'WARNING'
  return 'NORMAL'
}
