import type { ParameterSet, ScenarioRule } from '../types'
import { publishedSet } from './publishedSet'

function scenario(move: number, vol: number, weight: number): ScenarioRule {
  return { id: `${move} vol ${vol}`, price: 1 + move, vol, skew: 'none', ratio: 0, weight }
}

/** Paradex portfolio margin: weighted spot and volatility scenarios, a floor by delta, provisions for funding and fees. */
export const paradex: ParameterSet = {
  ...publishedSet,
  id: 'paradex',
  version: 'paradex.1',
  sources: {
    '': 'https://docs.paradex.trade/risk/portfolio-margin',
    '/charges/1/defaultRate': 'assumption: the market data give the rate',
    '/charges/2/rate': 'assumption',
  },
  scenarioSets: {
    published: {
      scenarios: [
        scenario(0.16, 0.4, 1),
        ...[0.12, 0.08, 0.04, 0, -0.04, -0.08, -0.12].flatMap((move) => [
          scenario(move, 0.4, 1),
          scenario(move, -0.22, 1),
        ]),
        scenario(-0.16, 0.4, 1),
        scenario(-0.66, 0.4, 0.24),
        scenario(-0.33, 0.4, 0.48),
        scenario(0.5, 0.4, 0.32),
        scenario(1, 0.4, 0.16),
        scenario(2, 0.4, 0.08),
        scenario(3, 0.4, 0.0533),
        scenario(4, 0.4, 0.04),
        scenario(5, 0.4, 0.032),
      ],
      volShock: { pivotDays: 30, floorDays: 1, shortPower: 0.3, longPower: 0.13, minimumShockedVol: 0 },
      skew: null,
      optionDiscount: null,
      basis: null,
      forwardFreezeSeconds: 0,
    },
  },
  factors: { initial: 1, maintenance: 0.5, peg: null },
  charges: [
    { kind: 'minimumDelta', place: 'floor', net: 0.02, hedged: 0.01 },
    { kind: 'funding', place: 'outside', hours: 8, defaultRate: 0, maintenance: 1 },
    { kind: 'fee', place: 'outside', rate: 0.0003 },
  ],
}
