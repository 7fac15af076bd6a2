import { black76 } from '../../engine/pricing/black76'
import { isObject, type Json, numberAt, objectsAt } from './json'
import { broken, judge, skip } from './judge'
import type { FigurePair } from './pairFigures'
import type { VectorResult } from './vectorResult'

const TOLERANCE = 1e-12

/** A limit is approached, not reached. */
const LIMIT_TOLERANCE = 1e-6

interface Market {
  readonly forward: number
  readonly timeToExpiry: number
  readonly discount: number
}

function marketOf(file: Json, row: Json): Market {
  const pick = (key: string, fallback: number) => (key in row ? numberAt(row, key) : fallback)
  return {
    forward: pick('forward', numberAt(file, 'forward')),
    timeToExpiry: pick('timeToExpiry', pick('t', numberAt(file, 'timeToExpiry'))),
    discount: pick('discount', 'discount' in file ? numberAt(file, 'discount') : 1),
  }
}

function checkCase(file: Json, { call, put, ...row }: Json, index: number): VectorResult {
  const id = `cases/${index}`
  const { forward, timeToExpiry, discount } = marketOf(file, row)
  const strike = numberAt(row, 'strike')
  const vol = numberAt(row, 'vol')
  const value = (isCall: boolean) => discount * black76(isCall, forward, strike, vol, timeToExpiry)
  const pairs: FigurePair[] = []
  if (typeof call === 'number') pairs.push({ actual: value(true), expected: call, pointer: '/call' })
  if (typeof put === 'number') pairs.push({ actual: value(false), expected: put, pointer: '/put' })
  return judge(id, pairs, TOLERANCE, discount * Math.max(forward, strike))
}

/** Edges state a limit in words, for every strike of the file. */
function checkEdge(file: Json, { expect, ...row }: Json, strikes: readonly number[], index: number): VectorResult {
  const id = `edge/${index}`
  const { forward, timeToExpiry } = marketOf(file, row)
  const vol = numberAt(row, 'vol')
  const limit = (strike: number) => {
    if (typeof expect === 'string' && expect.startsWith('intrinsic')) return Math.max(0, forward - strike)
    return expect === 'call -> forward' ? forward : null
  }
  const pairs = strikes.flatMap((strike): FigurePair[] => {
    const expected = limit(strike)
    const actual = black76(true, forward, strike, vol, timeToExpiry)
    return expected === null ? [] : [{ actual, expected, pointer: `/edge/${index} at strike ${strike}` }]
  })
  if (pairs.length === 0) return skip(id, LIMIT_TOLERANCE, `no rule for "${String(expect)}"`)
  return judge(id, pairs, vol === 0 ? TOLERANCE : LIMIT_TOLERANCE)
}

/** Checks a black76 file: values per case, and the limits it states. */
export function checkBlack76(file: Json): VectorResult[] {
  const cases = objectsAt(file, 'cases')
  const strikes = [...new Set(cases.map((row) => numberAt(row, 'strike')))]
  const guarded = (id: string, check: () => VectorResult) => {
    try {
      return check()
    } catch (error) {
      return broken(id, TOLERANCE, error)
    }
  }
  return [
    ...cases.map((row, index) => guarded(`cases/${index}`, () => checkCase(file, row, index))),
    ...objectsAt(file, 'edge')
      .filter(isObject)
      .map((row, index) => guarded(`edge/${index}`, () => checkEdge(file, row, strikes, index))),
  ]
}
