import { isFinding } from './report'
import type { SeedReport } from './runSeed'
import { wantedOf } from './walk/quotas'

const fullRun = 500
const fewestAccounts = 20
/** Of reorgs and restarts, in a full run and in a shorter one. */
const fewest = { reorgs: [5, 1], restarts: [3, 1] } as const
const operationsPerCheckedBlock = 3

/**
 * What a run did too little of for its silence to mean anything, in words; nothing when it did enough. A run that ended at a finding has said
 * what it has to say.
 */
export function missedBars(report: SeedReport, accounts: number): string[] {
  if (isFinding(report)) return []
  const { asked, operations, checkedBlocks, perAction } = report
  const wanted = wantedOf(asked)
  const isShort = asked >= fullRun ? 0 : 1
  return [
    ...below('operations', operations, asked),
    ...[...perAction].flatMap(([action, count]) => below(`of "${action}"`, count, wanted)),
    ...below('accounts', accounts, fewestAccounts),
    ...below('checked blocks', checkedBlocks, Math.ceil(operations / operationsPerCheckedBlock)),
    ...below('reorgs', report.reorgs, fewest.reorgs[isShort]),
    ...below('restarts', report.restarts, fewest.restarts[isShort]),
  ]
}

const below = (what: string, count: number, bar: number) =>
  count < bar ? [`too few ${what}: ${count} where ${bar} are wanted`] : []
