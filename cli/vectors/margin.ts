import { margin } from '../../engine/index'
import type { MarginInput } from '../../engine/types'
import { isObject, type Json, objectsAt } from './json'
import { broken, judge, skip } from './judge'
import type { FigurePair } from './pairFigures'
import type { VectorResult } from './vectorResult'

const TOLERANCE = 1e-9

const DECIMAL = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/

/**
 * Every leaf of an expected JSON value with its counterpart. What is not expected is not looked at; decimal strings are numbers; a
 * word, a flag or null which differs counts as a missing figure.
 */
function pairsOf(actual: unknown, expected: unknown, pointer: string): readonly FigurePair[] {
  if (isObject(expected)) {
    return Object.entries(expected).flatMap(([key, value]) =>
      pairsOf(isObject(actual) ? actual[key] : undefined, value, `${pointer}/${key}`),
    )
  }
  if (Array.isArray(expected)) {
    const found = Array.isArray(actual) && actual.length === expected.length ? actual : []
    const rows = expected.flatMap((value, index) => pairsOf(found[index], value, `${pointer}/${index}`))
    return [{ actual: Array.isArray(actual) ? actual.length : Number.NaN, expected: expected.length, pointer }, ...rows]
  }
  const number = typeof expected === 'string' && DECIMAL.test(expected) ? Number(expected) : expected
  if (typeof number === 'number') {
    return [{ actual: typeof actual === 'number' ? actual : Number.NaN, expected: number, pointer }]
  }
  return [{ actual: actual === expected ? 0 : Number.NaN, expected: 0, pointer }]
}

function checkCase({ input, expect, id: given }: Json, index: number): VectorResult {
  const id = String(given ?? index)
  if (!isObject(input) || expect === undefined) return skip(id, TOLERANCE, 'no input or no expectation')
  try {
    const report = margin(input as unknown as MarginInput)
    return judge(id, pairsOf(report, expect, ''), TOLERANCE)
  } catch (error) {
    return broken(id, TOLERANCE, error)
  }
}

/** Checks margin cases `{input, expect}`: one in the file itself, or several in `cases`. */
export function checkMargin(file: Json): VectorResult[] {
  const cases = Array.isArray(file.cases) ? objectsAt(file, 'cases') : [file]
  return cases.map(checkCase)
}
