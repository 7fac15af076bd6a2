import type { AssetClass, ParameterSet } from '../types'

/** The one class of a published set: whatever it margins moves through its one scenario set. */
export const PUBLISHED_CLASS: AssetClass = {
  family: 'major',
  scenarioSet: 'published',
  wrapper: false,
  cashLike: false,
  haircutFloor: 0,
  wrapperFloor: 0,
  horizonDays: 1,
  rateTiers: [{ notional: null, initial: 1, maintenance: 1 }],
  concentrationThreshold: 1e30,
}

/** What a published set has in common with the others: no haircuts, joint moves or crashes of ours. */
export const publishedSet: Omit<ParameterSet, 'id' | 'version' | 'sources' | 'scenarioSets' | 'factors' | 'charges'> = {
  numeraire: null,
  classes: { published: PUBLISHED_CLASS },
  defaultClass: 'published',
  correlationFloors: [],
  joint: null,
  marketHistory: null,
  stress: null,
  measures: { valueAtRisk: 0.99, expectedShortfall: 0.975 },
  initialCoversMaintenance: false,
  collateral: { treatment: 'credit', gainsOffset: 1, cashShare: 0, assets: {} },
  haircuts: {
    market: { z: 0, detectDays: 0, slices: 1 },
    riskGroupTiers: {},
    issuerTiers: {},
    protocolTiers: { any: 0 },
    chainTiers: { any: 0 },
    defaultProtocolTier: 'any',
    defaultChainTier: 'any',
    bridge: { native: 0, canonical: 0, bridged: 0 },
    oracle: { singleSource: 0, deviationMultiplier: 0 },
    caps: { assetChain: {}, account: null, global: {} },
  },
  lending: { targetHealthFactor: 1, targetHealthFactorHigh: 1, highThreshold: 1, unwindCost: 0 },
  statuses: { warning: 1, reduceOnly: 1 },
}
