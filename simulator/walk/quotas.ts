import type { AaveVersion } from '../../devnet/deploy/types'
import type { Action } from '../types'

const wantedPerRun = 5
const operationsPerAction = 100

/** How often a run of so many operations shows every action: five times from 500 operations on, in proportion before. */
export function wantedOf(operations: number): number {
  return Math.min(wantedPerRun, Math.floor(operations / operationsPerAction))
}

/**
 * By action, what one chain owes: the chains whose version knows an action share it, so that none needs to know of the others. What does not divide
 * evenly falls to them in turn, from action to action.
 * @param index the chain's place among `chainVersions`.
 */
export function quotasOf(
  actions: readonly Action[],
  index: number,
  chainVersions: readonly AaveVersion[],
  operations: number,
): Map<string, number> {
  const wanted = wantedOf(operations)
  const knows = (name: string, version: AaveVersion) =>
    actions.some((action) => action.name === name && (action.versions?.includes(version) ?? true))
  const names = [...new Set(actions.map(({ name }) => name))]
  const quotas = names.flatMap((name, turn): [string, number][] => {
    const sharers = [...chainVersions.keys()].filter((chain) => knows(name, chainVersions[chain]!))
    if (!sharers.includes(index)) return []
    const place = (sharers.indexOf(index) + turn) % sharers.length
    return [[name, Math.floor(wanted / sharers.length) + (place < wanted % sharers.length ? 1 : 0)]]
  })
  return new Map(quotas)
}

/** How many operations are missing from the quotas, by action; only what is missing. */
export function shortfallsOf(
  quotas: ReadonlyMap<string, number>,
  seen: ReadonlyMap<string, number>,
): Map<string, number> {
  const missing = [...quotas].map(([name, quota]) => [name, quota - (seen.get(name) ?? 0)] as const)
  return new Map(missing.filter(([, count]) => count > 0))
}
