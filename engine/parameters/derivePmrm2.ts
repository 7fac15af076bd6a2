import type { ParameterSet, ScenarioRule } from '../types'
import { publishedSet } from './publishedSet'

const UP = 0.5
const DOWN = -0.275

function scenario(price: number, vol: number, weight: number, skew: ScenarioRule['skew'] = 'none'): ScenarioRule {
  const move = skew === 'none' ? `vol ${vol}` : `skew ${skew}`
  return { id: `${price} ${move}`, price, vol, skew, ratio: 0, weight }
}

/** Derive's portfolio margin risk manager, version 2, with the parameters of its published cases for BTC. */
export const derivePmrm2: ParameterSet = {
  ...publishedSet,
  id: 'derive-pmrm2',
  version: 'derive-pmrm2.1',
  sources: { '': 'derivexyz/v2-core, test/risk-managers/unit-tests/PMRM_2' },
  numeraire: 'USDC',
  scenarioSets: {
    published: {
      scenarios: [
        scenario(1.18, UP, 1),
        ...[1.135, 1.09, 1.045, 1, 0.955, 0.91, 0.865].flatMap((price) =>
          [DOWN, 0, UP].map((vol) => scenario(price, vol, 1)),
        ),
        scenario(0.82, UP, 1),
        scenario(0.34, UP, 0.036 / 0.66),
        scenario(0.67, UP, 0.036 / 0.33),
        ...[0.5, 1, 2, 3].map((move) => scenario(1 + move, UP, 0.036 / move)),
        scenario(1, 0, 1, 'linear'),
        scenario(1, 0, 1, 'abs'),
      ],
      volShock: { pivotDays: 30, floorDays: 1, shortPower: 0.3, longPower: 0.13, minimumShockedVol: 0.45 },
      skew: {
        linear: { base: 0.15, slope: -0.05 },
        abs: { base: 0.15, slope: -0.05 },
        minimumWidth: 0.01,
        width: 4,
        widthStatic: 0.6,
        widthSlope: -0.1,
      },
      optionDiscount: {
        asset: { base: 0.95, rateMultiplier: 1, rateAddend: 0.08 },
        liability: { base: 1.04, rateMultiplier: 0.5, rateAddend: 0.08 },
      },
      basis: { up: 1.045, down: 0.955, addend: 0, multiplier: 2 },
      forwardFreezeSeconds: 1800,
    },
  },
  factors: { initial: 1, maintenance: 0.8, peg: { threshold: 0.98, factor: 2 } },
  charges: [
    { kind: 'perpStatic', place: 'outside', initial: 0.02, maintenance: 0.015 },
    { kind: 'shortOptionStatic', place: 'outside', initial: 0.005, maintenance: 0.003 },
    { kind: 'collateralHaircut', place: 'outside' },
    { kind: 'oracleConfidence', place: 'outside', threshold: 0.55, rate: 1 },
  ],
  collateral: { treatment: 'charge', gainsOffset: 1, cashShare: 0, assets: {} },
}
