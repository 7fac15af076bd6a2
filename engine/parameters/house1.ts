import { breakerDefaults } from '../measures/breaker/types'
import type { AssetClass, ParameterSet, RateTier, ScenarioSet } from '../types'
import { namedCrashes } from './namedCrashes'
import { scenarioGrid } from './scenarioGrid'

type GridTerms = Parameters<typeof scenarioGrid>[0]

function gridSet(terms: GridTerms, minimumShockedVol: number): ScenarioSet {
  return {
    scenarios: scenarioGrid(terms),
    volShock: { pivotDays: 30, floorDays: 1, shortPower: 0.3, longPower: 0.13, minimumShockedVol },
    skew: null,
    optionDiscount: null,
    basis: null,
    forwardFreezeSeconds: 0,
  }
}

const MAJOR_TAILS = [-0.33, -0.66, 0.5, 1, 2, 3, 4]
const WRAPPER = { grid: -0.05, tails: -0.1 }
const NO_WRAPPER = { grid: 0, tails: 0 }
const NO_VOL = { up: 0, down: 0 }

const majorVol = { up: 0.5, down: 0.275 }
const major = { steps: 4, vol: majorVol, tails: MAJOR_TAILS, tailWeight: 0.1386, ratio: WRAPPER }

const MAJOR_RATES: readonly RateTier[] = [
  { notional: 1_000_000, initial: 0.05, maintenance: 0.025 },
  { notional: 10_000_000, initial: 0.1, maintenance: 0.05 },
  { notional: null, initial: 0.2, maintenance: 0.1 },
]
const ALT_RATES: readonly RateTier[] = [
  { notional: 100_000, initial: 0.1, maintenance: 0.05 },
  { notional: 1_000_000, initial: 0.25, maintenance: 0.125 },
  { notional: null, initial: 0.5, maintenance: 0.25 },
]
const STABLE_RATES: readonly RateTier[] = [{ notional: null, initial: 0.04, maintenance: 0.02 }]

const largeAlt: AssetClass = {
  family: 'alt',
  scenarioSet: 'largeAlt',
  wrapper: false,
  cashLike: false,
  haircutFloor: 0.35,
  wrapperFloor: 0,
  horizonDays: 2,
  rateTiers: ALT_RATES,
  concentrationThreshold: 1_000_000,
}

const minorStable: AssetClass = {
  family: 'stable',
  scenarioSet: 'minorStable',
  wrapper: false,
  cashLike: false,
  haircutFloor: 0.15,
  wrapperFloor: 0.05,
  horizonDays: 2,
  rateTiers: STABLE_RATES,
  concentrationThreshold: 5_000_000,
}

const ETH: AssetClass = {
  family: 'major',
  scenarioSet: 'ETH',
  wrapper: false,
  cashLike: false,
  haircutFloor: 0.2,
  wrapperFloor: 0,
  horizonDays: 1,
  rateTiers: MAJOR_RATES,
  concentrationThreshold: 25_000_000,
}

/** Our own default set: methodology section 7. */
export const house1: ParameterSet = {
  id: 'house-1',
  version: 'house-1.1',
  sources: {
    '/classes': 'assumption',
    '/classes/BTC/haircutFloor': 'CFTC digital-asset collateral pilot',
    '/classes/ETH/haircutFloor': 'CFTC digital-asset collateral pilot',
    '/classes/LST/haircutFloor': 'Derive, wstETH',
    '/classes/LST/wrapperFloor': 'stETH at −4.3 % in June 2022',
    '/classes/LST/horizonDays': 'OCC',
    '/classes/majorStable/haircutFloor': 'CFTC digital-asset collateral pilot',
    '/classes/minorStable/haircutFloor': 'Derive, DAI',
    '/classes/syntheticStable/haircutFloor': 'Derive, USDe',
    '/classes/largeAlt/horizonDays': 'OCC',
    '/scenarioSets': 'assumption',
    '/scenarioSets/BTC': 'Derive PMRM; wrapper ratios are an assumption',
    '/scenarioSets/ETH':
      'range: ETH on 10 October 2025; volatility and tails: Derive PMRM; wrapper ratio −5 %: stETH in June 2022',
    '/scenarioSets/majorStable': 'tail: USDC on 11 March 2023; range is an assumption',
    '/scenarioSets/minorStable': 'range: FRAX on 11 March 2023; tail: USDe on one venue, 10 October 2025',
    '/scenarioSets/largeAlt': 'assumption: OKX uses 25 %, SOL fell 24.6 % on 10 October 2025',
    '/correlationFloors': 'assumption',
    '/joint': 'expected shortfall at 97.5 % as in the Basel market risk framework',
    '/marketHistory': 'assumption',
    '/marketHistory/minimumJointMoves': 'one year of trading days, as value at risk is measured in the Basel framework',
    '/marketHistory/volatility/fastDecay': 'RiskMetrics 1996, daily',
    '/marketHistory/volatility/slowDecay': 'RiskMetrics 1996, monthly',
    '/marketHistory/volatility/stressShare': 'EMIR RTS (EU) 153/2013, Art. 28(1)(b)',
    '/marketHistory/breaker/latencySeconds': '40 minutes: 70 % of the liquidations of 10 October 2025 fell into them',
    '/stress/weight': 'assumption',
    '/stress/curatorWeight': 'assumption',
    '/stress/crashes': 'see the sources of each crash; volatility moves, horizons and proxies are assumptions',
    '/measures': 'Basel market risk framework',
    '/factors': 'Derive PMRM loss factors',
    '/charges': 'assumption',
    '/collateral': 'assumption',
    '/haircuts': 'assumption',
    '/haircuts/market/detectDays': '40 minutes: 70 % of the liquidations of 10 October 2025 fell into them',
    '/lending': 'assumption',
    '/statuses': 'assumption: two thirds and five sixths of the balance',
  },
  numeraire: null,
  classes: {
    BTC: { ...ETH, scenarioSet: 'BTC', wrapperFloor: 0.03, concentrationThreshold: 50_000_000 },
    ETH,
    LST: {
      ...ETH,
      wrapper: true,
      haircutFloor: 0.25,
      wrapperFloor: 0.05,
      horizonDays: 2,
      concentrationThreshold: 5_000_000,
    },
    majorStable: {
      ...minorStable,
      scenarioSet: 'majorStable',
      cashLike: true,
      haircutFloor: 0.02,
      wrapperFloor: 0,
      horizonDays: 1,
      concentrationThreshold: 50_000_000,
    },
    minorStable,
    syntheticStable: { ...minorStable, haircutFloor: 0.3 },
    largeAlt,
    vaultShare: { ...largeAlt, haircutFloor: 0.4, wrapperFloor: 0.03, horizonDays: 5 },
  },
  defaultClass: 'largeAlt',
  scenarioSets: {
    BTC: gridSet({ ...major, range: 0.18 }, 0.45),
    ETH: gridSet({ ...major, range: 0.2 }, 0.45),
    majorStable: gridSet({ range: 0.02, steps: 2, vol: NO_VOL, tails: [-0.123], tailWeight: 1, ratio: NO_WRAPPER }, 0),
    minorStable: gridSet({ range: 0.06, steps: 2, vol: NO_VOL, tails: [-0.35], tailWeight: 1, ratio: NO_WRAPPER }, 0),
    largeAlt: gridSet(
      { range: 0.3, steps: 4, vol: { up: 0.6, down: 0.3 }, tails: [-0.6, 1], tailWeight: 0.3, ratio: WRAPPER },
      0.7,
    ),
  },
  correlationFloors: [
    { between: ['BTC', 'ETH'], floor: 0.9 },
    { between: ['major', 'major'], floor: 0.9 },
    { between: ['major', 'alt'], floor: 0.8 },
    { between: ['alt', 'alt'], floor: 0.8 },
    { between: ['stable', 'stable'], floor: 0.5 },
    { between: ['stable', 'major'], floor: 0.3 },
    { between: ['stable', 'alt'], floor: 0.3 },
  ],
  joint: { confidence: 0.975, method: 'filtered', decay: 0.97 },
  marketHistory: {
    windowDays: 365,
    minimumMoves: 60,
    minimumJointMoves: 250,
    volatility: {
      fastDecay: 0.94,
      slowDecay: 0.97,
      stressShare: 0.25,
      stressDays: 30,
      stress: { major: 1.5, alt: 2, stable: 0.1 },
    },
    breaker: breakerDefaults,
  },
  stress: { weight: 0.5, curatorWeight: 0.3, crashes: namedCrashes },
  measures: { valueAtRisk: 0.975, expectedShortfall: 0.975 },
  factors: { initial: 1, maintenance: 0.8, peg: null },
  initialCoversMaintenance: true,
  charges: [
    { kind: 'funding', place: 'outside', hours: 8, defaultRate: 0.0003, maintenance: 0 },
    {
      kind: 'concentration',
      place: 'outside',
      shares: { issuer: 0.4, protocol: 0.35, chain: 0.5, oracle: 0.6, curator: 0.2 },
    },
  ],
  collateral: { treatment: 'credit', gainsOffset: 0.8, cashShare: 0.2, assets: {} },
  haircuts: {
    market: { z: 2.326, detectDays: 40 / 1440, slices: 6 },
    riskGroupTiers: {},
    issuerTiers: {},
    protocolTiers: { established: 0, recent: 0.05, unproven: 0.25 },
    chainTiers: { established: 0, recent: 0.05, unproven: 0.25 },
    defaultProtocolTier: 'established',
    defaultChainTier: 'established',
    bridge: { native: 0, canonical: 0.01, bridged: 0.05 },
    oracle: { singleSource: 0.02, deviationMultiplier: 1 },
    caps: { assetChain: {}, account: null, global: {} },
  },
  lending: { targetHealthFactor: 1.25, targetHealthFactorHigh: 1.1, highThreshold: 0.9, unwindCost: 0.0045 },
  statuses: { warning: 0.667, reduceOnly: 0.833 },
}
