import { margin } from '../../engine/index'
import { progressiveCharge } from '../../engine/margin/charges/minimumCharge'
import { isObject, type Json, listAt, numberAt, objectAt, objectsAt } from './json'
import { broken, judge, skip } from './judge'
import type { FigurePair } from './pairFigures'
import type { VectorResult } from './vectorResult'

const TOLERANCE = 1e-12

/** Charges of a unit which are added up before the minimum charge competes. */
const SUMMED = ['MR1', 'MR2', 'MR3', 'MR4', 'MR5', 'MR6', 'MR9']

function tiersOf(file: Json) {
  return listAt(objectAt(file, 'MR7'), 'tiers').map((row) => {
    const [upTo, multiplier] = row as readonly [number | null, number]
    return { upTo, multiplier }
  })
}

/** The factor of `IMR = 1.3*MMR` in the file's formula. */
function initialFactor(file: Json): number {
  return Number(/IMR\s*=\s*([\d.]+)\s*\*\s*MMR/.exec(String(file.formula))?.[1] ?? 1.3)
}

/** One unit through `margin()`: a position whose only scenario loses the sum and whose notional is the raw minimum charge, if any. */
function unitReport(file: Json, sum: number, raw: number) {
  const charge = { kind: 'minimumCharge', place: 'floor', rate: raw > 0 ? 1 : 0, tiers: tiersOf(file) }
  const quantity = raw > 0 ? raw : 1
  return margin({
    model: 'portfolio',
    at: 0,
    positions: [{ id: 'unit', kind: 'perp', underlying: 'UNIT', quantity }],
    marketData: { assets: { UNIT: { indexPrice: 1 } }, riskArrays: { unit: [-sum / quantity] } },
    parameters: {
      extends: 'okx',
      charges: [charge],
      factors: { initial: initialFactor(file) },
      scenarioSets: { published: { scenarios: [{ id: 'sum', price: 1, vol: 0, weight: 1 }] } },
    },
  })
}

function checkUnit(file: Json, id: string, row: Json): VectorResult {
  const { MR7adj, MMR, IMR, ...inputs } = row
  const raw = 'MR7raw' in inputs ? numberAt(inputs, 'MR7raw') : numberAt(inputs, 'MR7')
  const sum =
    'MRsum' in inputs
      ? numberAt(inputs, 'MRsum')
      : SUMMED.reduce((total, name) => total + (name in inputs ? numberAt(inputs, name) : 0), 0)
  if (Number.isNaN(raw) || Number.isNaN(sum)) return skip(id, TOLERANCE, 'no MR7 or no sum')
  const report = unitReport(file, sum, raw)
  const figures = {
    MR7adj: report.components.addOns[0]?.amount ?? Number.NaN,
    MMR: report.maintenanceMargin,
    IMR: report.initialMargin,
  }
  const pairs = Object.entries({ MR7adj, MMR, IMR }).flatMap(([key, expected]): FigurePair[] =>
    typeof expected === 'number'
      ? [{ actual: figures[key as keyof typeof figures], expected, pointer: `/${key}` }]
      : [],
  )
  return judge(id, pairs, TOLERANCE)
}

function guarded(id: string, check: () => VectorResult): VectorResult {
  try {
    return check()
  } catch (error) {
    return broken(id, TOLERANCE, error)
  }
}

/** Checks an OKX file: the progressive minimum charge, and units whose charges are given. */
export function checkOkx(file: Json): VectorResult[] {
  const adjusted = objectsAt(objectAt(file, 'MR7'), 'cases').map(({ adjusted: expected, ...row }, index) => {
    const id = `MR7/${index}`
    if (typeof expected !== 'number' || !('raw' in row)) return skip(id, TOLERANCE, 'no raw charge or no figure')
    const actual = progressiveCharge(numberAt(row, 'raw'), tiersOf(file))
    return judge(id, [{ actual, expected, pointer: '/adjusted' }], TOLERANCE)
  })
  const units = Object.entries(file).flatMap(([name, value]) => {
    if (!isObject(value) || name.startsWith('MR')) return []
    if ('MMR' in value) return [guarded(name, () => checkUnit(file, name, value))]
    return Object.entries(value).flatMap(([part, row]) =>
      isObject(row) && 'MMR' in row ? [guarded(`${name}/${part}`, () => checkUnit(file, `${name}/${part}`, row))] : [],
    )
  })
  return [...adjusted, ...units]
}
