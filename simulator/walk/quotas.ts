import type { AaveVersion } from '../../devnet/deploy/types'
import type { Action } from '../types'

const wantedPerRun = 5
const operationsPerAction = 100

/** How often a run of so many operations shows every action: five times from 500 operations on, in proportion before. */
export function wantedOf(operations: number): number {
  return Math.min(wantedPerRun, Math.floor(operations / operationsPerAction))
}

/** By action, what one chain owes: the chains whose version knows an action share it evenly, so that none needs to know of the others. */
export function quotasOf(
  actions: readonly Action[],
  version: AaveVersion,
  chainVersions: readonly AaveVersion[],
  operations: number,
): Map<string, number> {
  const wanted = wantedOf(operations)
  const knows = (name: string, candidate: AaveVersion) =>
    actions.some((action) => action.name === name && (action.versions?.includes(candidate) ?? true))
  const quotas = new Map<string, number>()
  for (const { name } of actions) {
    if (!knows(name, version)) continue
    const sharers = chainVersions.filter((candidate) => knows(name, candidate)).length
    quotas.set(name, Math.ceil(wanted / sharers))
  }
  return quotas
}

/** How many operations are missing from the quotas, by action; only what is missing. */
export function shortfallsOf(
  quotas: ReadonlyMap<string, number>,
  seen: ReadonlyMap<string, number>,
): Map<string, number> {
  const missing = [...quotas].map(([name, quota]) => [name, quota - (seen.get(name) ?? 0)] as const)
  return new Map(missing.filter(([, count]) => count > 0))
}
