import { isObject, type Json, listAt, objectAt, objectsAt } from './json'
import { broken } from './judge'
import type { VectorResult } from './vectorResult'

function problemOf(scenario: Json, seen: ReadonlySet<unknown>): string | null {
  if (typeof scenario.id !== 'string' || scenario.id === '') return 'give the scenario an id'
  if (seen.has(scenario.id)) return 'give every scenario its own id'
  const moves = Object.entries(objectAt(scenario, 'moves'))
  if (moves.length === 0) return 'give at least one move'
  for (const [factor, move] of moves) {
    const [size, cited] = Array.isArray(move) ? move : []
    if (typeof size !== 'number' || !Number.isFinite(size) || size < -1) return `/moves/${factor}/0: give a move ≥ −1`
    if (typeof cited !== 'boolean') return `/moves/${factor}/1: say whether a page states it`
    if (cited && listAt(scenario, 'sources').length === 0) return '/sources: name the page of a cited move'
  }
  return null
}

/** Validates a file of named crashes: it holds no expected figures. */
export function checkStress(file: Json): VectorResult[] {
  const seen = new Set<unknown>()
  return objectsAt(file, 'scenarios')
    .filter(isObject)
    .map((scenario, index) => {
      const id = String(scenario.id ?? index)
      const problem = problemOf(scenario, seen)
      seen.add(scenario.id)
      return problem === null ? { id, gap: 0, tolerance: 0, status: 'passed' } : broken(id, 0, new Error(problem))
    })
}
