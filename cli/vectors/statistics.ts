import { isObject, type Json } from './json'
import { broken, judge, skip } from './judge'
import { pairFigures } from './pairFigures'
import { statisticsSections } from './statisticsSections'
import type { VectorResult } from './vectorResult'

const TOLERANCE = 1e-9

/** Parts of a file which are no cases of their own. */
const context = new Set(['note', 'X'])

/**
 * Checks every expected figure of a statistics vector file against the engine: per section (per element where a section is a list) the expected
 * fields are taken out first, the engine sees what is left, and the worst gap decides. Sections that are unknown, or have no inputs or no
 * expected figures, are skipped with a reason.
 *
 * @param file parsed JSON of the form of `test/vectors/statistics.json`
 */
export function checkStatistics(file: unknown): VectorResult[] {
  if (!isObject(file)) return [skip('file', TOLERANCE, 'give a JSON object')]
  return Object.entries(file)
    .filter(([name]) => !context.has(name))
    .flatMap(([name, section]) => casesOf(name, section).map(([id, fields]) => checkCase(id, name, fields, file)))
}

/** A bare matrix is the expected covariance of X; a list is one case per element; an object with `cases` lends them its other fields. */
function casesOf(name: string, section: unknown): [id: string, fields: Json][] {
  if (name === 'sampleCovBiased') return [[name, { covariance: section }]]
  if (Array.isArray(section)) return section.map((fields, i) => [`${name}[${i}]`, isObject(fields) ? fields : {}])
  if (!isObject(section)) return [[name, {}]]
  const { cases, ...shared } = section
  if (!Array.isArray(cases)) return [[name, section]]
  return cases.map((fields, i) => [`${name}[${i}]`, { ...shared, ...(isObject(fields) ? fields : {}) }])
}

function checkCase(id: string, name: string, fields: Json, file: Json): VectorResult {
  const section = statisticsSections[name]
  if (section === undefined) return skip(id, TOLERANCE, 'no such statistic')
  const isExpected = ([key]: [string, unknown]) => section.expected.includes(key)
  const expected = Object.entries(fields).filter(isExpected)
  const inputs = Object.fromEntries(Object.entries(fields).filter((entry) => !isExpected(entry)))
  if (expected.length === 0) return skip(id, TOLERANCE, 'no expected figures')
  try {
    const figures = section.compute({ X: file.X, ...inputs })
    if (figures === undefined) return skip(id, TOLERANCE, 'no inputs')
    const pairs = expected.flatMap(([key, value]) => pairFigures(figures[key], value, `/${key}`))
    return judge(id, pairs, TOLERANCE)
  } catch (error) {
    return broken(id, TOLERANCE, error)
  }
}
