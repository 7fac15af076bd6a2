import type { ParameterSet, ScenarioRule } from '../types'
import { publishedSet } from './publishedSet'

const MOVES = [0, 0.04, 0.08, 0.12]
const EXTREME = 0.24
const EXTREME_WEIGHT = 0.5

function scenario(move: number, weight: number): ScenarioRule {
  return { id: `MR${weight === 1 ? 1 : 6} ${move}`, price: 1 + move, vol: 0, skew: 'none', ratio: 0, weight }
}

/** OKX portfolio margin for BTC and ETH from 6 January 2025: spot shock, extreme move, time decay, basis and minimum charge. */
export const okx: ParameterSet = {
  ...publishedSet,
  id: 'okx',
  version: 'okx.1',
  sources: {
    '': 'https://www.okx.com/help-center/4411686631309',
    '/scenarioSets/published/scenarios':
      'https://www.okx.com/support/hc/en-us/articles/4417291853837; volatility is left unmoved',
    '/charges/2/rate': 'assumption: OKX states it per contract',
  },
  scenarioSets: {
    published: {
      scenarios: [
        ...[...MOVES.map((move) => -move).reverse(), ...MOVES.slice(1)].map((move) => scenario(move + 0, 1)),
        scenario(-EXTREME, EXTREME_WEIGHT),
        scenario(EXTREME, EXTREME_WEIGHT),
      ],
      volShock: { pivotDays: 30, floorDays: 1, shortPower: 0, longPower: 0, minimumShockedVol: 0 },
      skew: null,
      optionDiscount: null,
      basis: null,
      forwardFreezeSeconds: 0,
    },
  },
  factors: { initial: 1.3, maintenance: 1, peg: null },
  charges: [
    { kind: 'timeDecay', place: 'base', days: 1 },
    { kind: 'calendarBasis', place: 'inside', annualised: 0.05 },
    {
      kind: 'minimumCharge',
      place: 'floor',
      rate: 0.003,
      tiers: [
        { upTo: 10_000, multiplier: 1 },
        { upTo: 70_000, multiplier: 2 },
        { upTo: 170_000, multiplier: 4 },
        { upTo: 300_000, multiplier: 6 },
        { upTo: 470_000, multiplier: 8 },
        { upTo: 700_000, multiplier: 10 },
        { upTo: null, multiplier: 12 },
      ],
    },
  ],
}
