import type { ParameterSet, ScenarioRule } from '../types'
import { publishedSet } from './publishedSet'

const RANGE = 0.1
const VOL = 0.2
/** The extreme scenarios move twice the range and count 35 %. */
const EXTREME = 2
const COVER = 0.35

function scenario(id: string, steps: number, vol: number, weight: number): ScenarioRule {
  return { id, price: 1 + steps * RANGE, vol, skew: 'none', ratio: 0, weight }
}

/** The sixteen SPAN scenarios in the order of the published arrays. */
export const span16: ParameterSet = {
  ...publishedSet,
  id: 'span16',
  version: 'span16.1',
  sources: {
    '': 'http://www.cme.com/clearing/rmspan/span/components.html',
    '/scenarioSets/published/scenarios':
      'assumption: 10 % price and 20 % volatility scan range; CME sets them per contract',
  },
  scenarioSets: {
    published: {
      scenarios: [
        ...[0, 1 / 3, -1 / 3, 2 / 3, -2 / 3, 1, -1].flatMap((steps, index) => {
          const name = ['0', '+1/3', '-1/3', '+2/3', '-2/3', '+1', '-1'][index] as string
          return [scenario(`${name} vol+`, steps, VOL, 1), scenario(`${name} vol-`, steps, -VOL, 1)]
        }),
        scenario('+extreme', EXTREME, 0, COVER),
        scenario('-extreme', -EXTREME, 0, COVER),
      ],
      volShock: { pivotDays: 30, floorDays: 1, shortPower: 0, longPower: 0, minimumShockedVol: 0 },
      skew: null,
      optionDiscount: null,
      basis: null,
      forwardFreezeSeconds: 0,
    },
  },
  factors: { initial: 1, maintenance: 1, peg: null },
  charges: [],
}
