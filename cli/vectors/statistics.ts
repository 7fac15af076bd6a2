import { type FigurePair, pairFigures } from './pairFigures'
import { type StatisticsCase, statisticsSections } from './statisticsSections'
import type { VectorResult } from './vectorResult'

const TOLERANCE = 1e-9

/**
 * The gap is relative to max(1, |b|), which cannot see that a covariance of 1e-5 is wrong by a tenth of a percent; so every figure must agree to this
 * relative difference as well, save for ROUNDING: a likelihood ratio near 0 is a difference of large terms.
 */
const RELATIVE = 1e-7
const ROUNDING = 2e-14

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
  if (!isObject(file)) return [skipped('file', 'give a JSON object')]
  return Object.entries(file)
    .filter(([name]) => !context.has(name))
    .flatMap(([name, section]) => casesOf(name, section).map(([id, fields]) => checkCase(id, name, fields, file)))
}

/** A bare matrix is the expected covariance of X; a list is one case per element; an object with `cases` lends them its other fields. */
function casesOf(name: string, section: unknown): [id: string, fields: StatisticsCase][] {
  if (name === 'sampleCovBiased') return [[name, { covariance: section }]]
  if (Array.isArray(section)) return section.map((fields, i) => [`${name}[${i}]`, isObject(fields) ? fields : {}])
  if (!isObject(section)) return [[name, {}]]
  const { cases, ...shared } = section
  if (!Array.isArray(cases)) return [[name, section]]
  return cases.map((fields, i) => [`${name}[${i}]`, { ...shared, ...(isObject(fields) ? fields : {}) }])
}

function checkCase(id: string, name: string, fields: StatisticsCase, file: StatisticsCase): VectorResult {
  const section = statisticsSections[name]
  if (section === undefined) return skipped(id, 'no such statistic')
  const isExpected = ([key]: [string, unknown]) => section.expected.includes(key)
  const expected = Object.entries(fields).filter(isExpected)
  const inputs = Object.fromEntries(Object.entries(fields).filter((entry) => !isExpected(entry)))
  if (expected.length === 0) return skipped(id, 'no expected figures')
  try {
    const figures = section.compute({ X: file.X, ...inputs })
    if (figures === undefined) return skipped(id, 'no inputs')
    return judge(
      id,
      expected.flatMap(([key, value]) => pairFigures(figures[key], value, `/${key}`)),
    )
  } catch (error) {
    return { id, gap: Number.POSITIVE_INFINITY, tolerance: TOLERANCE, status: 'failed', detail: String(error) }
  }
}

function judge(id: string, pairs: readonly FigurePair[]): VectorResult {
  const gap = pairs.reduce((worst, pair) => Math.max(worst, gapOf(pair)), 0)
  const differing = pairs.find((pair) => gapOf(pair) > TOLERANCE || !agrees(pair))
  if (differing === undefined) return { id, gap, tolerance: TOLERANCE, status: 'passed' }
  const { pointer, actual, expected } = differing
  return { id, gap, tolerance: TOLERANCE, status: 'failed', detail: `${pointer} is ${actual} instead of ${expected}` }
}

function gapOf({ actual, expected }: FigurePair): number {
  const gap = Math.abs(actual - expected) / Math.max(1, Math.abs(expected))
  return Number.isNaN(gap) ? Number.POSITIVE_INFINITY : gap
}

function agrees({ actual, expected }: FigurePair): boolean {
  const difference = Math.abs(actual - expected)
  return difference <= RELATIVE * Math.abs(expected) || difference <= ROUNDING
}

function skipped(id: string, detail: string): VectorResult {
  return { id, gap: 0, tolerance: TOLERANCE, status: 'skipped', detail }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
