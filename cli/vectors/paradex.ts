import { margin } from '../../engine/index'
import { exp } from '../../engine/math/exp'
import { normalCdf } from '../../engine/math/normalCdf'
import { YEAR_SECONDS } from '../../engine/resolve/time'
import type { PositionInput } from '../../engine/types'
import { type Json, listAt, numberAt, objectAt, objectsAt } from './json'
import { broken, judge, skip } from './judge'
import type { FigurePair } from './pairFigures'
import type { VectorResult } from './vectorResult'

const TOLERANCE = 1e-12

const FIGURES = ['netDelta', 'grossDelta', 'hedgedDelta', 'minDeltaRequirement']

function scenarioSet(file: Json) {
  const power = objectAt(file, 'vegaPower')
  return {
    scenarios: listAt(file, 'scenarios').map((row, index) => {
      const [move, vol, weight] = row as readonly [number, number, number]
      return { id: `${index}`, price: 1 + move, vol, weight }
    }),
    volShock: {
      shortPower: numberAt(power, 'lt30'),
      longPower: numberAt(power, 'ge30'),
      floorDays: numberAt(file, 'dteFloorDays'),
    },
  }
}

/** Standard deviations beyond which an option's delta is 0 or 1 for any amount: Φ(−12) is 2e-33. */
const FARTHEST = 12

/** The strike at which a year's option at 100 % volatility has this delta: the case states deltas, the engine computes them. */
function strikeOfDelta(delta: number, spot: number): number {
  let low = -FARTHEST
  let high = FARTHEST
  for (let step = 0; step < 200; step += 1) {
    const middle = (low + high) / 2
    if (normalCdf(middle) < delta) low = middle
    else high = middle
  }
  return spot * exp(0.5 - (low + high) / 2)
}

function option(row: Json, index: number, spot: number): PositionInput {
  const delta = numberAt(row, 'delta')
  const isCall = delta >= 0
  return {
    id: `option-${index}`,
    kind: 'option',
    underlying: 'SPOT',
    quantity: numberAt(row, 'amount'),
    optionType: isCall ? 'call' : 'put',
    strike: strikeOfDelta(isCall ? delta : 1 + delta, spot),
    expiry: YEAR_SECONDS,
    impliedVol: 1,
  }
}

function checkExample(file: Json, id: string, example: Json): VectorResult {
  const inputs = Object.fromEntries(Object.entries(example).filter(([key]) => !FIGURES.includes(key)))
  if (!('spot' in inputs)) return skip(id, TOLERANCE, 'no spot')
  const spot = numberAt(inputs, 'spot')
  const rates = objectAt(file, 'minDelta')
  const report = margin({
    model: 'portfolio',
    at: 0,
    positions: [
      {
        id: 'perp',
        kind: 'perp',
        underlying: 'SPOT',
        quantity: 'perpDelta' in inputs ? numberAt(inputs, 'perpDelta') : 0,
      },
      ...objectsAt(inputs, 'options').map((row, index) => option(row, index, spot)),
    ],
    marketData: { assets: { SPOT: { indexPrice: spot } } },
    parameters: {
      extends: 'paradex',
      scenarioSets: { published: scenarioSet(file) },
      charges: [
        { kind: 'minimumDelta', place: 'floor', net: numberAt(rates, 'net'), hedged: numberAt(rates, 'hedged') },
      ],
    },
  })
  const charge = report.components.addOns[0]
  const figures: Json = { ...charge?.details, minDeltaRequirement: charge?.amount }
  const pairs = FIGURES.flatMap((key): FigurePair[] =>
    typeof example[key] === 'number'
      ? [{ actual: numberAt(figures, key), expected: numberAt(example, key), pointer: `/${key}` }]
      : [],
  )
  return judge(id, pairs, TOLERANCE)
}

/** Checks a Paradex file: the minimum delta of its example (or examples). */
export function checkParadex(file: Json): VectorResult[] {
  const examples = 'example' in file ? [objectAt(file, 'example')] : []
  return [...examples, ...objectsAt(file, 'examples'), ...objectsAt(file, 'cases')].map((example, index) => {
    const id = `example/${index}`
    try {
      return checkExample(file, id, example)
    } catch (error) {
      return broken(id, TOLERANCE, error)
    }
  })
}
