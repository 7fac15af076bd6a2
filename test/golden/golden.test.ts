import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { differences } from '../../cli/golden/differences'
import type { GoldenCase, GoldenFile } from '../../cli/golden/goldenFile'
import { GOLDEN_TOLERANCE, judgeCase } from '../../cli/golden/judgeCase'
import { lookThroughAnswer } from '../../cli/golden/lookThroughAnswer'
import { marginFigures } from '../../cli/golden/marginFigures'
import { reasonCodes } from '../../src/api/protocols/reading'
import { steps, withoutStep } from './withoutStep'

const file: GoldenFile = JSON.parse(readFileSync('test/golden/cases.json', 'utf8'))
function judge(golden: GoldenCase, { parameterSets }: GoldenFile = file) {
  return judgeCase(marginFigures(golden, parameterSets[golden.input.parameters]!))
}

function rowsOf({ expected }: GoldenCase) {
  return [...expected.holdings, ...expected.units]
}

/** Accounts in which something holds. */
function count(holds: (golden: GoldenCase) => boolean): number {
  return file.cases.filter(holds).length
}

describe('golden accounts', () => {
  it.each(file.cases.map((golden) => [golden.id, golden] as const))('%s matches at every step', (_, golden) => {
    const { gap, failures } = judge(golden)
    expect(failures).toEqual([])
    expect(gap).toBeLessThanOrEqual(GOLDEN_TOLERANCE)
  })

  it.each(file.lookThrough.map((golden) => [golden.id, golden] as const))('%s matches exactly', (_, golden) => {
    expect(differences(lookThroughAnswer(golden.input), golden.expected)).toEqual([])
  })
})

describe('what the golden accounts cover', () => {
  it('is every step, in five accounts or more', () => {
    const taken = steps.map((step) => ({
      step,
      accounts: count((golden) =>
        rowsOf(golden).some((row) =>
          row.steps.some((entry) => entry.step === step && (Number(entry.amount) > 0 || step === 'unusable')),
        ),
      ),
    }))
    expect(taken.filter(({ accounts }) => accounts < 5)).toEqual([])
  })

  it('is every reason a figure can be refused for', () => {
    const given = new Set(file.cases.flatMap((golden) => rowsOf(golden).map(({ reason }) => reason)))
    expect(reasonCodes.filter((reason) => !given.has(reason))).toEqual([])
    const missing = new Set(
      file.lookThrough.flatMap(({ expected }) => expected.missing ?? []).map(({ reason }) => reason),
    )
    expect([...missing].sort()).toEqual(['DEPTH_EXCEEDED', 'VAULT_REVERTED'])
  })

  it('is every rule of liquidation, both models, and both ways to rely on a loan', () => {
    for (const rule of ['aave', 'morpho', 'comet']) {
      const due = count(({ input, expected }) =>
        expected.units.some(
          ({ id, steps: taken }) =>
            taken.some(({ step }) => step === 'liquidation') &&
            input.lendingUnits.some((unit) => unit.id === id && unit.rule === rule),
        ),
      )
      expect({ rule, due: due >= 2 }).toEqual({ rule, due: true })
    }
    for (const model of ['cross', 'portfolio']) expect(count(({ input }) => input.model === model)).toBeGreaterThan(9)
    const unwound = (golden: GoldenCase) => golden.input.lendingUnits.some(({ unwindable }) => unwindable)
    expect(count(unwound)).toBeGreaterThan(9)
    expect(count((golden) => golden.input.lendingUnits.length > 0 && !unwound(golden))).toBeGreaterThan(9)
  })

  it('is at least sixty accounts, from less than a cent to more than a trillion', () => {
    expect(file.cases.length).toBeGreaterThanOrEqual(60)
    expect(new Set(file.cases.map(({ id }) => id)).size).toBe(file.cases.length)
    const values = file.cases.flatMap((golden) => rowsOf(golden).map(({ value }) => Number(value ?? 0)))
    expect(values.some((value) => value > 0 && value < 0.01)).toBe(true)
    expect(Math.max(...values)).toBeGreaterThan(1e12)
  })
})

describe('what the golden accounts would notice', () => {
  it.each(steps)('is the step %s taking nothing', (step) => {
    const without = withoutStep(file, step)
    let broken = 0
    for (const golden of without.cases) {
      if (judge(golden, without).failures.length > 0) broken += 1
      if (broken === 3) return
    }
    expect(broken).toBeGreaterThanOrEqual(3)
  })

  it('is any figure that is off by a billionth', () => {
    const unnoticed = file.cases
      .filter((_, index) => index % 4 === 0)
      .flatMap((golden) =>
        marginFigures(golden, file.parameterSets[golden.input.parameters]!)
          .filter(({ actual, expected, whole }) => Math.abs(expected) > whole / 1000 && actual !== 0)
          .filter((figure) => judgeCase([{ ...figure, actual: figure.actual * (1 + 1e-9) }]).failures.length === 0)
          .map(({ pointer }) => `${golden.id}${pointer}`),
      )
    expect(unnoticed).toEqual([])
  })

  it('is a figure that is missing, and a leaf more or less', () => {
    expect(judgeCase([{ pointer: '/credit', actual: Number.NaN, expected: 1, whole: 1 }]).failures).toHaveLength(1)
    const { input, expected } = file.lookThrough.find(({ id }) => id === 'through-vault')!
    const answer = lookThroughAnswer(input)
    expect(differences({ ...answer, leaves: answer.leaves.slice(1) }, expected)).toHaveLength(1)
    expect(differences({ ...answer, leaves: [...answer.leaves].reverse() }, expected)).toEqual([])
  })
})
