/**
 * Every number of an expected JSON value with its counterpart and a JSON pointer to it. A missing element, another shape or another type gives a counterpart of NaN.
 */
export function pairFigures(actual: unknown, expected: unknown, pointer: string): FigurePair[] {
  if (typeof expected === 'number')
    return [{ actual: typeof actual === 'number' ? actual : Number.NaN, expected, pointer }]
  if (!Array.isArray(expected) || !isList(actual) || actual.length !== expected.length) {
    return [{ actual: Number.NaN, expected: Number.NaN, pointer }]
  }
  return expected.flatMap((element, i) => pairFigures(actual[i], element, `${pointer}/${i}`))
}

export interface FigurePair {
  readonly actual: number
  readonly expected: number
  readonly pointer: string
}

function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || value instanceof Float64Array
}
