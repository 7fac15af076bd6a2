import { DuplicateIdError, OutOfRangeError, UnknownReferenceError } from '../errors'
import type { ParameterSet } from '../types'
import { days, factor, fraction, positiveUsd, shockFactor, volatility } from './bounds'
import {
  byKind,
  child,
  flag,
  list,
  name,
  nullable,
  numeric,
  object,
  oneOf,
  optional,
  type Reader,
  record,
  text,
} from './schema'

const multiplier = numeric(0, 100)
const signed = numeric(-1000, 1000)
const place = oneOf(['base', 'inside', 'floor', 'outside'])
const family = oneOf(['major', 'alt', 'stable'])
const move = numeric(-1, 100)

const scenario = object({
  id: name,
  price: multiplier,
  vol: signed,
  skew: optional(oneOf(['none', 'linear', 'abs']), 'none' as const),
  ratio: optional(numeric(-1, 0), 0),
  weight: factor,
})

const discountSide = object({ base: factor, rateMultiplier: factor, rateAddend: factor })
const skewCap = object({ base: signed, slope: signed })

const scenarioSet = object({
  scenarios: list(scenario),
  volShock: object({
    pivotDays: numeric(1e-6, 36_500),
    floorDays: numeric(1e-6, 36_500),
    shortPower: numeric(0, 100),
    longPower: numeric(0, 100),
    minimumShockedVol: factor,
  }),
  skew: nullable(
    object({
      linear: skewCap,
      abs: skewCap,
      minimumWidth: numeric(1e-9, 1000),
      width: signed,
      widthStatic: signed,
      widthSlope: signed,
    }),
  ),
  optionDiscount: nullable(object({ asset: discountSide, liability: discountSide })),
  basis: nullable(object({ up: multiplier, down: multiplier, addend: factor, multiplier: factor })),
  forwardFreezeSeconds: numeric(0, 1e9),
})

const assetClass = object({
  family,
  scenarioSet: name,
  wrapper: flag,
  cashLike: flag,
  haircutFloor: fraction,
  wrapperFloor: fraction,
  horizonDays: days,
  rateTiers: list(object({ notional: nullable(positiveUsd), initial: fraction, maintenance: fraction })),
  concentrationThreshold: positiveUsd,
})

const creditTiers = list(object({ upTo: nullable(positiveUsd), ratio: fraction }))

const haircuts = object({
  market: object({ z: factor, detectDays: days, slices: numeric(1, 1e6) }),
  riskGroupTiers: record(creditTiers),
  issuerTiers: record(creditTiers),
  protocolTiers: record(fraction),
  chainTiers: record(fraction),
  defaultProtocolTier: name,
  defaultChainTier: name,
  bridge: object({ native: fraction, canonical: fraction, bridged: fraction }),
  oracle: object({ singleSource: fraction, deviationMultiplier: factor }),
  caps: object({ assetChain: record(positiveUsd), account: nullable(positiveUsd), global: record(positiveUsd) }),
})

const crash = object({
  id: name,
  kind: oneOf(['crash', 'depeg', 'collapse']),
  horizonDays: days,
  vol: move,
  moves: list(object({ factor: name, move, cited: flag, venueOnly: flag })),
  ratio: nullable(object({ move: numeric(-1, 0), cited: flag })),
  proxies: object({
    major: optional(move, undefined),
    alt: optional(move, undefined),
    stable: optional(move, undefined),
  }),
  sources: list(text),
})

const twoRates = { place, initial: factor, maintenance: factor }
const share = optional(numeric(1e-6, 1), undefined)

const charge = byKind({
  perpStatic: object({ kind: oneOf(['perpStatic']), ...twoRates }),
  shortOptionStatic: object({ kind: oneOf(['shortOptionStatic']), ...twoRates }),
  collateralHaircut: object({ kind: oneOf(['collateralHaircut']), place }),
  oracleConfidence: object({ kind: oneOf(['oracleConfidence']), place, threshold: fraction, rate: factor }),
  minimumDelta: object({ kind: oneOf(['minimumDelta']), place, net: factor, hedged: factor }),
  funding: object({ kind: oneOf(['funding']), place, hours: factor, defaultRate: fraction, maintenance: fraction }),
  fee: object({ kind: oneOf(['fee']), place, rate: fraction }),
  minimumCharge: object({
    kind: oneOf(['minimumCharge']),
    place,
    rate: factor,
    tiers: list(object({ upTo: nullable(positiveUsd), multiplier: factor })),
  }),
  timeDecay: object({ kind: oneOf(['timeDecay']), place, days }),
  calendarBasis: object({ kind: oneOf(['calendarBasis']), place, annualised: factor }),
  concentration: object({
    kind: oneOf(['concentration']),
    place,
    shares: object({ asset: share, issuer: share, protocol: share, chain: share, oracle: share, curator: share }),
  }),
})

const marketHistory = object({
  windowDays: count(2, 1000),
  minimumMoves: count(2, 1000),
  minimumJointMoves: count(2, 1000),
  volatility: object({
    fastDecay: openFraction,
    slowDecay: openFraction,
    stressShare: fraction,
    stressDays: count(1, 1000),
    stress: object({ major: volatility, alt: volatility, stable: volatility }),
  }),
  breaker: object({
    latencySeconds: numeric(60, 86_400),
    deviations: numeric(0.1, 100),
    maxFactor: shockFactor,
    halfLifeSeconds: numeric(60, 86_400),
    rampSeconds: numeric(1, 1e7),
  }),
})

const parameterSet = object({
  id: name,
  version: name,
  sources: record(text),
  numeraire: nullable(name),
  classes: record(assetClass),
  defaultClass: name,
  scenarioSets: record(scenarioSet),
  correlationFloors: list(object({ between: pair, floor: fraction })),
  joint: nullable(
    object({ confidence: openFraction, method: oneOf(['historical', 'weighted', 'filtered']), decay: openFraction }),
  ),
  marketHistory: optional(nullable(marketHistory), null),
  stress: nullable(object({ weight: fraction, curatorWeight: fraction, crashes: list(crash) })),
  measures: object({ valueAtRisk: openFraction, expectedShortfall: openFraction }),
  factors: object({
    initial: factor,
    maintenance: factor,
    peg: nullable(object({ threshold: factor, factor })),
  }),
  initialCoversMaintenance: flag,
  charges: list(charge),
  collateral: object({
    treatment: oneOf(['credit', 'charge']),
    gainsOffset: fraction,
    cashShare: fraction,
    assets: record(object({ riskCancelling: flag, maintenanceHaircut: factor, initialHaircutExtra: factor })),
  }),
  haircuts,
  lending: object({
    targetHealthFactor: numeric(1, 10),
    targetHealthFactorHigh: numeric(1, 10),
    highThreshold: fraction,
    unwindCost: fraction,
  }),
  statuses: object({ warning: fraction, reduceOnly: fraction }),
})

function openFraction(value: unknown, pointer: string): number {
  return numeric(1e-9, 1 - 1e-9)(value, pointer)
}

function count(minimum: number, maximum: number): Reader<number> {
  return (value, pointer) => {
    const found = numeric(minimum, maximum)(value, pointer)
    if (!Number.isInteger(found)) throw new OutOfRangeError(pointer, 'a whole number')
    return found
  }
}

function pair(value: unknown, pointer: string): readonly [string, string] {
  const [first, second, ...rest] = list(name)(value, pointer)
  if (first === undefined || second === undefined || rest.length > 0)
    throw new OutOfRangeError(pointer, 'of two families')
  return [first, second]
}

/** Ranges must end, or the notional above the last one would be free. */
function requireIncreasing(limits: readonly (number | null)[], pointer: string): void {
  limits.forEach((limit, index) => {
    const previous = index === 0 ? 0 : limits[index - 1]
    const last = index === limits.length - 1
    if (last !== (limit === null) || (limit !== null && limit <= (previous ?? Number.POSITIVE_INFINITY))) {
      throw new OutOfRangeError(child(pointer, index), 'above the one before it, and null exactly at the end')
    }
  })
}

type Set = ReturnType<typeof parameterSet>

function checkReferences(set: Set, pointer: string): void {
  if (!Object.hasOwn(set.classes, set.defaultClass)) {
    throw new UnknownReferenceError(child(pointer, 'defaultClass'), 'class of this set')
  }
  for (const [className, { scenarioSet: reference }] of Object.entries(set.classes)) {
    if (!Object.hasOwn(set.scenarioSets, reference)) {
      throw new UnknownReferenceError(
        `${child(`${pointer}/classes`, className)}/scenarioSet`,
        'scenario set of this set',
      )
    }
  }
  for (const [tier, table] of [
    ['defaultProtocolTier', 'protocolTiers'],
    ['defaultChainTier', 'chainTiers'],
  ] as const) {
    if (!Object.hasOwn(set.haircuts[table], set.haircuts[tier])) {
      throw new UnknownReferenceError(`${pointer}/haircuts/${tier}`, `tier of ${table}`)
    }
  }
  for (const [setName, { scenarios }] of Object.entries(set.scenarioSets)) {
    if (new Set(scenarios.map((rule) => rule.id)).size !== scenarios.length) {
      throw new DuplicateIdError(`${child(`${pointer}/scenarioSets`, setName)}/scenarios`)
    }
  }
}

function checkTiers(set: Set, pointer: string): void {
  for (const [className, { rateTiers }] of Object.entries(set.classes)) {
    const limits = rateTiers.map((tier) => tier.notional)
    requireIncreasing(limits, `${child(`${pointer}/classes`, className)}/rateTiers`)
  }
  set.charges.forEach((rule, index) => {
    if (rule.kind !== 'minimumCharge') return
    const limits = rule.tiers.map((tier) => tier.upTo)
    requireIncreasing(limits, `${pointer}/charges/${index}/tiers`)
  })
  for (const table of ['riskGroupTiers', 'issuerTiers'] as const) {
    for (const [key, tiers] of Object.entries(set.haircuts[table])) {
      const limits = tiers.map((tier) => tier.upTo)
      requireIncreasing(limits, child(`${pointer}/haircuts/${table}`, key))
    }
  }
}

function checkInitialCoversMaintenance(set: Set, pointer: string): void {
  if (set.factors.maintenance > Math.min(1, set.factors.initial)) {
    throw new OutOfRangeError(`${pointer}/factors/maintenance`, 'at most 1 and at most the initial factor')
  }
  for (const [className, { rateTiers }] of Object.entries(set.classes)) {
    rateTiers.forEach((tier, index) => {
      if (tier.maintenance <= tier.initial) return
      const at = `${child(`${pointer}/classes`, className)}/rateTiers/${index}/maintenance`
      throw new OutOfRangeError(at, 'at most the initial rate')
    })
  }
  set.charges.forEach((rule, index) => {
    if ('initial' in rule && rule.maintenance > rule.initial) {
      throw new OutOfRangeError(`${pointer}/charges/${index}/maintenance`, 'at most the initial rate')
    }
  })
}

/**
 * Reads and validates a parameter set: types, bounds, references, increasing tiers, initial ≥ maintenance where promised.
 * @throws EngineError with the JSON pointer of the offending field.
 */
export function readParameters(value: unknown, pointer: string): ParameterSet {
  const set = parameterSet(value, pointer)
  checkReferences(set, pointer)
  checkTiers(set, pointer)
  if (set.initialCoversMaintenance) checkInitialCoversMaintenance(set, pointer)
  if (set.statuses.warning > set.statuses.reduceOnly) {
    throw new OutOfRangeError(`${pointer}/statuses/warning`, 'at most the reduce-only level')
  }
  return set
}
