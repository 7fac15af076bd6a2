import { checkBlack76 } from './black76'
import { checkDerivePmrm2 } from './derivePmrm2'
import { isObject, type Json, objectsAt } from './json'
import { checkLending } from './lending'
import { checkMargin } from './margin'
import { checkOkx } from './okx'
import { checkParadex } from './paradex'
import { checkSpan16 } from './span16'
import { checkStatistics } from './statistics'
import { checkStress } from './stress'
import { checkTiers } from './tiers'
import type { VectorResult } from './vectorResult'

/** One form of vector file: how it is recognised and how it is checked. */
export interface VectorKind {
  readonly kind: string
  readonly matches: (file: Json) => boolean
  readonly check: (file: Json) => VectorResult[]
}

const STATISTICS = ['ewma', 'ledoitWolf', 'kupiec', 'christoffersen', 'garch', 'historicalVar']

const some = (file: Json, holds: (value: Json) => boolean) =>
  Object.values(file).some((value) => isObject(value) && holds(value))

/** Kinds by content; the first that matches is the file's. */
export const vectorKinds: readonly VectorKind[] = [
  {
    kind: 'derive-pmrm2',
    matches: (file) =>
      objectsAt(file, 'cases').some((row) => 'portfolio' in row && ('params' in row || 'params' in file)),
    check: checkDerivePmrm2,
  },
  { kind: 'black76', matches: (file) => 'forward' in file && 'timeToExpiry' in file, check: checkBlack76 },
  { kind: 'okx', matches: (file) => 'MR1' in file && 'MR7' in file, check: checkOkx },
  { kind: 'paradex', matches: (file) => 'minDelta' in file && 'vegaPower' in file, check: checkParadex },
  {
    kind: 'span16',
    matches: (file) => 'scenarioOrder' in file && some(file, (value) => 'pnl' in value),
    check: checkSpan16,
  },
  { kind: 'statistics', matches: (file) => STATISTICS.some((name) => name in file), check: checkStatistics },
  {
    kind: 'tiers',
    matches: (file) => some(file, (value) => 'tiers' in value && 'cases' in value),
    check: checkTiers,
  },
  {
    kind: 'stress',
    matches: (file) => objectsAt(file, 'scenarios').some((row) => 'moves' in row),
    check: checkStress,
  },
  { kind: 'lending', matches: (file) => file.kind === 'lending', check: checkLending },
  { kind: 'margin', matches: (file) => file.kind === 'margin', check: checkMargin },
]
