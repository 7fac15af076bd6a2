import { progressiveValue } from '../../engine/haircut/progressiveValue'
import { isObject, type Json, listAt, numberAt, objectsAt } from './json'
import { judge, skip } from './judge'
import type { VectorResult } from './vectorResult'

const TOLERANCE = 1e-12

function tiersOf(table: Json): readonly { readonly upTo: number | null; readonly ratio: number }[] {
  return listAt(table, 'tiers').map((row) => {
    const [upTo, ratio] = row as readonly [number | null, number]
    return { upTo, ratio }
  })
}

/** Checks every table of progressive collateral tiers in a file. */
export function checkTiers(file: Json): VectorResult[] {
  return Object.entries(file).flatMap(([venue, table]) => {
    if (!isObject(table) || !Array.isArray(table.tiers)) return []
    return objectsAt(table, 'cases').map(({ effectiveQty, ...row }, index) => {
      const id = `${venue}/${index}`
      if (typeof effectiveQty !== 'number' || !('qty' in row)) return skip(id, TOLERANCE, 'no quantity or no figure')
      const actual = progressiveValue(numberAt(row, 'qty'), tiersOf(table))
      return judge(id, [{ actual, expected: effectiveQty, pointer: '/effectiveQty' }], TOLERANCE)
    })
  })
}
