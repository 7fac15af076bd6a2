import fc from 'fast-check'
import type {
  AssetClass,
  HaircutParameters,
  LendingParameters,
  ResolvedHolding,
  ResolvedLendingCollateral,
  ResolvedLendingUnit,
} from '../../../engine/types'

export const MAJOR: AssetClass = {
  family: 'major',
  scenarioSet: 'majors',
  wrapper: false,
  cashLike: false,
  haircutFloor: 0.2,
  wrapperFloor: 0.05,
  horizonDays: 2,
  rateTiers: [],
  concentrationThreshold: 1e6,
}

/** Parameters under which no step takes anything; tests switch on what they are about. */
export const NOTHING: HaircutParameters = {
  market: { z: 0, detectDays: 0, slices: 1 },
  riskGroupTiers: {},
  issuerTiers: {},
  protocolTiers: { none: 0 },
  chainTiers: { none: 0 },
  defaultProtocolTier: 'none',
  defaultChainTier: 'none',
  bridge: { native: 0, canonical: 0, bridged: 0 },
  oracle: { singleSource: 0, deviationMultiplier: 0 },
  caps: { assetChain: {}, account: null, global: {} },
}

export const LENDING: LendingParameters = {
  targetHealthFactor: 1.25,
  targetHealthFactorHigh: 1.1,
  highThreshold: 0.9,
  unwindCost: 0.01,
}

/** Every step takes something. */
export const EVERYTHING: HaircutParameters = {
  market: { z: 2.326, detectDays: 0.5, slices: 4 },
  riskGroupTiers: {
    ETH: [
      { upTo: 500, ratio: 1 },
      { upTo: 2000, ratio: 0.7 },
      { upTo: null, ratio: 0.3 },
    ],
  },
  issuerTiers: {
    lido: [
      { upTo: 300, ratio: 0.95 },
      { upTo: 900, ratio: 0.5 },
    ],
  },
  protocolTiers: { none: 0, blue: 0.02, new: 0.3 },
  chainTiers: { none: 0, one: 0.01, two: 0.1 },
  defaultProtocolTier: 'blue',
  defaultChainTier: 'one',
  bridge: { native: 0, canonical: 0.01, bridged: 0.05 },
  oracle: { singleSource: 0.03, deviationMultiplier: 2 },
  caps: { assetChain: { 'WETH:beta': 400 }, account: 5000, global: { stETH: 1500 } },
}

const PLAIN = {
  asset: 'WETH',
  className: 'major',
  class: { ...MAJOR, haircutFloor: 0, wrapperFloor: 0 },
  riskGroup: 'ETH',
  quantity: 100,
  oraclePrice: 1,
  markPrice: 1,
  unusable: null,
  chain: null,
  protocol: null,
  issuer: null,
  curator: null,
  oracle: null,
  bridge: 'native',
  haircut: {
    volatility: null,
    redemptionPrice: null,
    impact: [],
    protocolTier: null,
    chainTier: null,
    oracleSources: 2,
    oracleDeviation: 0,
  },
} as const

export function holding(fields: Partial<ResolvedHolding> = {}): ResolvedHolding {
  const quantity = fields.quantity ?? PLAIN.quantity
  return { ...PLAIN, id: 'h', subAccount: '', control: 'enforceable', movable: quantity, ...fields }
}

export function pledge(fields: Partial<ResolvedLendingCollateral> = {}): ResolvedLendingCollateral {
  return {
    ...PLAIN,
    liquidationThreshold: 0.8,
    maxLtv: 0.75,
    liquidationIncentive: 1.05,
    enabled: true,
    withdrawable: fields.quantity ?? PLAIN.quantity,
    ...fields,
  }
}

export function lendingUnit(fields: Partial<ResolvedLendingUnit> = {}): ResolvedLendingUnit {
  const { asset: _asset, quantity: _quantity, ...provenance } = PLAIN
  return {
    ...provenance,
    id: 'u',
    rule: 'aave',
    control: 'notice',
    unwindable: false,
    subAccount: '',
    collateral: [pledge()],
    debt: [],
    ...fields,
  }
}

const size = fc.double({ min: 0, max: 3000, noNaN: true })

/** Holdings that differ in everything a step looks at. */
export const anyHolding: fc.Arbitrary<ResolvedHolding> = fc
  .record({
    asset: fc.constantFrom('WETH', 'stETH', 'rETH'),
    quantity: size,
    movablePart: fc.constantFrom(1, 1, 0.5, 0),
    markPrice: fc.constantFrom(1, 0.97, 2),
    chain: fc.constantFrom('alpha', 'beta', null),
    issuer: fc.constantFrom('lido', 'rocket', null),
    bridge: fc.constantFrom('native' as const, 'canonical' as const, 'bridged' as const),
    protocolTier: fc.constantFrom('none', 'blue', 'new', null),
    chainTier: fc.constantFrom('none', 'two', null),
    volatility: fc.constantFrom(null, 0.4, 1.5),
    redemptionPrice: fc.constantFrom(null, 1, 2),
    oracleSources: fc.constantFrom(null, 1, 3),
    oracleDeviation: fc.constantFrom(0, 0.005, 0.05),
    unusable: fc.constantFrom(null, null, null, null, 'PRICE_STALE'),
  })
  .map(
    ({ movablePart, protocolTier, chainTier, volatility, redemptionPrice, oracleSources, oracleDeviation, ...leaf }) =>
      holding({
        ...leaf,
        class: MAJOR,
        movable: leaf.quantity * movablePart,
        haircut: {
          volatility,
          redemptionPrice,
          protocolTier,
          chainTier,
          oracleSources,
          oracleDeviation,
          impact: IMPACT[leaf.asset as keyof typeof IMPACT],
        },
      }),
  )

/** Impact curves by asset. */
export const IMPACT = {
  WETH: [],
  stETH: [
    { value: 200, impact: 0.01 },
    { value: 1000, impact: 0.1 },
    { value: 4000, impact: 0.6 },
  ],
  rETH: [{ value: 400, impact: 0.3 }],
} as const
