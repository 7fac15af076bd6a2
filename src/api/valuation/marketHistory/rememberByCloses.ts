import type { ParameterSet } from '../../../../engine/types'
import type { CloseFact, Facts } from '../../facts'

/** Everything that what is made of closes depends on. */
export interface ClosesKey {
  readonly facts: Facts
  readonly firstDay: number
  readonly parameters: ParameterSet
}

interface Kept<T> {
  readonly lists: readonly (readonly CloseFact[])[]
  readonly parameters: ParameterSet
  readonly reference: Facts['reference']
  readonly text: string
  readonly result: T
}

/** The latest and the finalized cut, each on both sides of a midnight. */
const most = 4

/**
 * Keeps the last results of a pure function of daily closes. The lists are told apart by identity, which readers of the database keep
 * for as long as nothing in them changes: a year of closes is then worked through once a day and not for every answer.
 */
export function rememberByCloses<T>(): (key: ClosesKey, compute: () => T) => T {
  let kept: readonly Kept<T>[] = []
  return ({ facts, firstDay, parameters }, compute) => {
    const rows = Object.values(facts.history ?? {}).flat()
    const lists = rows.map(({ closes }) => closes)
    const feeds = Object.entries(facts.chains).map(([chain, { feeds }]) => [
      chain,
      feeds.map(({ feed, decimals, heartbeat }) => [feed, decimals, heartbeat]),
    ])
    const named = Object.entries(facts.history ?? {}).map(([chain, own]) => [chain, own.map(({ feed }) => feed)])
    const text = JSON.stringify([firstDay, feeds, named])
    const isSame = (one: Kept<T>) =>
      one.parameters === parameters &&
      one.reference === facts.reference &&
      one.text === text &&
      one.lists.length === lists.length &&
      one.lists.every((list, index) => list === lists[index])
    const known = kept.find(isSame)
    if (known !== undefined) return known.result
    const result = compute()
    kept = [{ lists, parameters, reference: facts.reference, text, result }, ...kept].slice(0, most)
    return result
  }
}
