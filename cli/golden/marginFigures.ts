import { type HaircutStep, type LendingUnitRow, type MarginReport, margin } from '../../engine/index'
import type { GoldenCase, GoldenHolding, GoldenParameters, GoldenStep, GoldenUnit } from './goldenFile'
import { wholeSet } from './wholeSet'

/** A figure of the engine beside the expected one. */
export interface GoldenFigure {
  readonly pointer: string
  /** NaN where there is none, and for words that differ. */
  readonly actual: number
  readonly expected: number
  /** What the figure is a part of: 1 for a fraction, the account's gross value for an amount of money. */
  readonly whole: number
}

/** Nothing here depends on the time; a question has one. */
const AT = 0

/** The engine's answer to a case, figure by figure; also the steps that should take nothing. */
export function marginFigures(golden: GoldenCase, parameters: GoldenParameters): readonly GoldenFigure[] {
  const { model, collateral, lendingUnits, marketData } = golden.input
  const report = margin({ at: AT, model, collateral, lendingUnits, marketData, parameters: wholeSet(parameters) })
  const { expected } = golden
  const gross = report.grossCollateralValue
  const sum = (figures: readonly GoldenFigure[]) => figures.reduce((total, { actual }) => total + actual, 0)
  const rows = [
    ...expected.holdings.map((entry) => holdingFigures(report, entry)),
    ...expected.units.map((entry) => unitFigures(report, entry)),
  ].flat()
  return [
    same('/holdings', report.collateral.length, expected.holdings.length),
    same('/units', report.lendingUnits.length, expected.units.length),
    ...rows,
    money('/value', gross, sum(rows.filter(({ pointer }) => pointer.endsWith('/value'))), expected.value),
    money('/credit', gross, report.collateralCredit, expected.credit),
  ]
}

function money(pointer: string, gross: number, actual: number | undefined, expected: string): GoldenFigure {
  return { pointer, actual: actual ?? Number.NaN, expected: Number(expected), whole: gross }
}

function fraction(pointer: string, actual: number | null | undefined, expected: string): GoldenFigure {
  return { pointer, actual: actual ?? Number.NaN, expected: Number(expected), whole: 1 }
}

function same(pointer: string, actual: unknown, expected: unknown): GoldenFigure {
  return { pointer, actual: actual === expected ? 0 : Number.NaN, expected: 0, whole: 1 }
}

function holdingFigures(report: MarginReport, expected: GoldenHolding): readonly GoldenFigure[] {
  const pointer = `/holdings/${expected.id}`
  const gross = report.grossCollateralValue
  const row = report.collateral.find(({ id }) => id === expected.id)
  return [
    same(`${pointer}/reason`, row?.reasonCode, expected.reason),
    money(`${pointer}/value`, gross, row?.marketValue, expected.value),
    ...stepFigures(pointer, gross, row?.steps ?? [], expected.steps),
    money(`${pointer}/credit`, gross, row?.credit, expected.credit),
  ]
}

function unitFigures(report: MarginReport, expected: GoldenUnit): readonly GoldenFigure[] {
  const pointer = `/units/${expected.id}`
  const gross = report.grossCollateralValue
  const row = report.lendingUnits.find(({ id }) => id === expected.id)
  const stated = (name: string, actual: number | undefined, figure: string | undefined) =>
    figure === undefined ? [] : [money(`${pointer}/${name}`, gross, actual, figure)]
  return [
    same(`${pointer}/reason`, row?.reasonCode, expected.reason),
    healthFigure(`${pointer}/healthFactor`, row?.healthFactor, expected.healthFactor),
    ...stated('collateralValue', row?.collateralValue, expected.collateralValue),
    ...stated('debtValue', row?.debtValue, expected.debtValue),
    ...stated('badDebt', row?.badDebt, expected.badDebt),
    ...stated('movable', row?.movable, expected.movable),
    ...stated('value', row?.equity, expected.value),
    ...stated('debt, par and liquidation', takenBefore(row), statedBefore(expected)),
    ...stepFigures(pointer, gross, row?.steps ?? [], expected.steps),
    money(`${pointer}/credit`, gross, row?.credit, expected.credit),
  ]
}

function healthFigure(pointer: string, actual: number | null | undefined, expected: string | null): GoldenFigure {
  return expected === null ? same(pointer, actual, null) : fraction(pointer, actual, expected)
}

/** From all of the collateral to the value that the engine's steps begin from. */
function takenBefore(row: LendingUnitRow | undefined): number | undefined {
  return row && row.collateralValue - row.equity
}

function statedBefore({ value, steps }: GoldenUnit): string | undefined {
  if (value === undefined) return undefined
  return String(steps.filter(isBefore).reduce((sum, { amount }) => sum + Number(amount), 0))
}

function isBefore({ haircut }: GoldenStep): boolean {
  return haircut === undefined
}

function stepFigures(
  pointer: string,
  gross: number,
  actual: readonly HaircutStep[],
  expected: readonly GoldenStep[],
): readonly GoldenFigure[] {
  const charged = expected.filter((entry) => !isBefore(entry))
  const missing = charged.filter(({ step }) => !actual.some((entry) => entry.step === step))
  return [
    ...missing.map(({ step }) => same(`${pointer}/${step}`, undefined, step)),
    ...actual.flatMap(({ step, haircut, amount }) => {
      const entry = charged.find((stated) => stated.step === step) ?? { step, haircut: '0', amount: '0' }
      return [
        fraction(`${pointer}/${step}/haircut`, haircut, entry.haircut!),
        ...(entry.amount === undefined ? [] : [money(`${pointer}/${step}/amount`, gross, amount, entry.amount)]),
      ]
    }),
  ]
}
