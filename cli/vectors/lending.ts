import { evaluateLendingUnit } from '../../engine/collateral/evaluateLendingUnit'
import { readLendingCase } from '../../engine/collateral/lending-case/readLendingCase'
import { shippedParameters } from '../../engine/index'
import type { LendingParameters } from '../../engine/types'
import { type Json, objectsAt } from './json'
import { broken, judge, skip } from './judge'
import type { FigurePair } from './pairFigures'
import type { VectorResult } from './vectorResult'

const TOLERANCE = 1e-9

function checkCase({ expect, ...given }: Json, index: number, lending: LendingParameters): VectorResult {
  const id = String(given.id ?? index)
  if (expect === undefined || given.unit === undefined) return skip(id, TOLERANCE, 'no unit or no expectation')
  try {
    const figures: Json = { ...evaluateLendingUnit(readLendingCase(given), lending) }
    const pairs = Object.entries(expect as Json).map(([key, expected]): FigurePair => {
      const actual = figures[key]
      // A health factor without debt is null on both sides.
      if (expected === null) return { actual: actual === null ? 0 : Number.NaN, expected: 0, pointer: `/${key}` }
      return {
        actual: typeof actual === 'number' ? actual : Number.NaN,
        expected: Number(expected),
        pointer: `/${key}`,
      }
    })
    return judge(id, pairs, TOLERANCE)
  } catch (error) {
    return broken(id, TOLERANCE, error)
  }
}

/** Checks lending cases `{unit, prices, expect}`: one in the file itself, or several in `cases`. */
export function checkLending(file: Json): VectorResult[] {
  const { lending } = shippedParameters.get('house-1') as { readonly lending: LendingParameters }
  const cases = Array.isArray(file.cases) ? objectsAt(file, 'cases') : [file]
  return cases.map((row, index) => checkCase(row, index, lending))
}
