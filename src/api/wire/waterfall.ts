import type { HaircutStep } from '../../../engine/types'
import { apportion } from './apportion'
import { unitsDown } from './rounding'

/** One printed step: `input` − `amount` is the next step's input, in units of 10^−8 USD. */
export interface PrintedStep {
  readonly step: string
  readonly input: bigint
  readonly rule: string
  readonly haircut: number
  readonly amount: bigint
}

export interface PrintedWaterfall {
  readonly steps: readonly PrintedStep[]
  readonly credit: bigint
}

/** What decides one printed step: its name, rule and fraction, and what is left after it. */
interface Level {
  readonly step: string
  readonly rule: string
  readonly haircut: number
  readonly left: bigint
}

/** The engine's waterfall from an exact market value, each level rounded down and never above the one before. */
export function printWaterfall(value: bigint, steps: readonly HaircutStep[], credit: number): PrintedWaterfall {
  return fromLevels(value, levelsOf(steps, credit))
}

/** What a lending unit's waterfall is printed from. */
export interface UnitWaterfall {
  /** Σ market values, in units of 10^−8 USD. */
  readonly collateral: bigint
  /** The part of it that the debt can take; the rest is the owner's whatever happens to the loan. */
  readonly pledged: bigint
  readonly debt: bigint
  /** The debt as the engine counts it: a stablecoin owed at par at least. */
  readonly debtAtPar: bigint
  /** Why some of it may not be counted; `null` when all may. */
  readonly unusable: string | null
  /** The engine's E, after simulated liquidation. */
  readonly equity: number
  readonly steps: readonly HaircutStep[]
  readonly credit: number
}

/**
 * First what is owed, then what stablecoins below par would cost to buy back at par, then what may not be counted or a liquidation
 * that is already due would cost, then the engine's steps.
 */
export function printUnitWaterfall({
  collateral,
  pledged,
  debt,
  debtAtPar,
  unusable,
  equity,
  steps,
  credit,
}: UnitWaterfall): PrintedWaterfall {
  const afterDebt = collateral - atMost(debt, pledged)
  const owed =
    debt === 0n ? [] : [{ step: 'debt', rule: 'owed', haircut: share(collateral, afterDebt), left: afterDebt }]
  // The engine's figures are floats: what they lost on the way is neither a premium nor a liquidation.
  const level = (step: string, rule: string, before: bigint, left: bigint): readonly Level[] =>
    (before - left) << 40n <= collateral ? [] : [{ step, rule, haircut: share(before, left), left }]
  const afterPar = atMost(collateral - atMost(debtAtPar, pledged), afterDebt)
  const atPar = level('par', 'stablecoins owed', afterDebt, afterPar)
  const [step, rule] = unusable === null ? ['liquidation', 'health factor below 1'] : ['unusable', unusable]
  const lost = level(step, rule, atPar.length > 0 ? afterPar : afterDebt, atMost(unitsDown(equity, 8), afterDebt))
  return fromLevels(collateral, [...owed, ...atPar, ...lost, ...levelsOf(steps, credit)])
}

/** Steps that only what is pledged pays for. */
const debtSteps: ReadonlySet<string> = new Set(['debt', 'par', 'liquidation'])

/**
 * A unit's waterfall split over its rows by market value, what is owed over the pledged ones; every level and every row sums exactly.
 * @param pledged `values` with 0 for rows that are not pledged.
 */
export function splitWaterfall(
  waterfall: PrintedWaterfall,
  values: readonly bigint[],
  pledged: readonly bigint[],
): readonly PrintedWaterfall[] {
  let inputs = values
  const rows: PrintedStep[][] = values.map(() => [])
  for (const step of waterfall.steps) {
    const amounts = apportion(step.amount, debtSteps.has(step.step) ? pledged : values, inputs)
    for (const [index, row] of rows.entries()) row.push({ ...step, input: inputs[index]!, amount: amounts[index]! })
    inputs = inputs.map((input, index) => input - amounts[index]!)
  }
  return rows.map((steps, index) => ({ steps, credit: inputs[index]! }))
}

function levelsOf(steps: readonly HaircutStep[], credit: number): readonly Level[] {
  return steps.map(({ step, rule, haircut }, index) => ({
    step,
    rule,
    haircut,
    left: unitsDown(steps[index + 1]?.input ?? credit, 8),
  }))
}

function fromLevels(value: bigint, levels: readonly Level[]): PrintedWaterfall {
  let input = value
  const steps = levels.map(({ step, rule, haircut, left }) => {
    const next = atMost(left, input)
    const printed = { step, input, rule, haircut, amount: input - next }
    input = next
    return printed
  })
  return { steps, credit: input }
}

function share(before: bigint, after: bigint): number {
  return before === 0n ? 0 : Number(before - after) / Number(before)
}

function atMost(value: bigint, limit: bigint): bigint {
  return value < limit ? value : limit
}
