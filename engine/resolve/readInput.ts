import { UnknownModelError } from '../errors'
import type { Model } from '../types'
import {
  days,
  fraction,
  incentive,
  positivePrice,
  positiveUsd,
  price,
  quantity,
  rate,
  shockFactor,
  signedQuantity,
  signedRate,
  simpleReturn,
  usd,
  volatility,
} from './bounds'
import {
  flag,
  instant,
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

const MODELS = ['isolated', 'cross', 'portfolio', 'var', 'es', 'greeks'] as const

function model(value: unknown, pointer: string): Model {
  const found = MODELS.find((candidate) => candidate === value)
  if (found === undefined) throw new UnknownModelError(pointer, MODELS)
  return found
}

const maybe = <T>(reader: Reader<T>) => optional(reader, null)
const subAccount = optional(text, '')
const control = oneOf(['none', 'notice', 'enforceable'])
const unusable = optional(nullable(name), null)

const provenance = {
  chain: maybe(name),
  protocol: maybe(name),
  issuer: maybe(nullable(name)),
  curator: maybe(nullable(name)),
  oracle: maybe(nullable(name)),
  bridge: optional(oneOf(['native', 'canonical', 'bridged']), 'native' as const),
  path: optional(list(text), []),
}

const haircut = object({
  volatility: maybe(volatility),
  redemptionPrice: maybe(price),
  impact: optional(list(object({ value: positiveUsd, impact: fraction })), []),
  protocolTier: maybe(name),
  chainTier: maybe(name),
  oracleSources: maybe(numeric(0, 1000)),
  oracleDeviation: optional(fraction, 0),
})

const priced = {
  asset: name,
  quantity,
  oraclePrice: maybe(price),
  markPrice: maybe(price),
  riskGroup: maybe(name),
  class: maybe(name),
  unusable,
}

const holding = object({
  ...provenance,
  ...priced,
  id: name,
  control: optional(control, 'enforceable' as const),
  movable: maybe(quantity),
  haircut: maybe(haircut),
  subAccount,
})

const lendingCollateral = object({
  ...provenance,
  ...priced,
  liquidationThreshold: fraction,
  maxLtv: fraction,
  liquidationIncentive: maybe(incentive),
  enabled: optional(flag, true),
  freeLiquidity: maybe(quantity),
  withdrawalCap: maybe(quantity),
  paused: optional(flag, false),
  haircut: maybe(haircut),
})

/** Reads one lending unit, whose numbers may be JSON numbers or decimal strings. */
export const readLendingUnit = object({
  ...provenance,
  id: name,
  rule: oneOf(['aave', 'morpho', 'comet']),
  control,
  collateral: list(lendingCollateral),
  debt: list(object(priced)),
  unwindable: optional(flag, false),
  subAccount,
})

const position = object({
  id: name,
  kind: oneOf(['spot', 'perp', 'future', 'option']),
  underlying: name,
  quantity: signedQuantity,
  entryPrice: maybe(positivePrice),
  markPrice: maybe(price),
  strike: maybe(positivePrice),
  expiry: maybe(instant),
  optionType: maybe(oneOf(['call', 'put'])),
  settlement: optional(oneOf(['linear', 'inverse']), 'linear' as const),
  impliedVol: maybe(volatility),
  subAccount,
  openOrders: optional(list(object({ side: oneOf(['buy', 'sell']), quantity, price: positivePrice })), []),
})

const expiryMarket = object({
  expiry: instant,
  forward: maybe(positivePrice),
  rate: optional(rate, 0),
  vol: maybe(volatility),
  forwardConfidence: optional(fraction, 1),
  rateConfidence: optional(fraction, 1),
  volConfidence: optional(fraction, 1),
})

const assetMarket = object({
  indexPrice: maybe(price),
  markPrice: maybe(price),
  oraclePrice: maybe(price),
  class: maybe(name),
  riskGroup: maybe(name),
  confidence: optional(fraction, 1),
  perp: maybe(object({ markPrice: maybe(price), confidence: optional(fraction, 1) })),
  expiries: optional(list(expiryMarket), []),
  vol: maybe(volatility),
  fundingRate: maybe(signedRate),
  volatility: maybe(volatility),
  shockFactor: optional(shockFactor, 1),
  maintenanceShockFactor: optional(shockFactor, 1),
  depth2Percent: maybe(positiveUsd),
  dailyVolume: maybe(positiveUsd),
})

const marketData = object({
  assets: optional(record(assetMarket), {}),
  history: maybe(
    object({
      returns: record(list(simpleReturn)),
      volMoves: optional(record(list(simpleReturn)), {}),
      horizonDays: optional(days, 1),
    }),
  ),
  correlations: optional(record(record(numeric(-1, 1))), {}),
  riskArrays: optional(record(list(usd)), {}),
})

function cash(value: unknown, pointer: string) {
  if (!Array.isArray(value)) return [{ asset: 'USD', quantity: usd(value, pointer), subAccount: '' }]
  return list(object({ asset: name, quantity: signedQuantity, subAccount }))(value, pointer)
}

const tick = {
  at: instant,
  marketData: optional(marketData, marketData({}, '/marketData')),
  parameters: optional((value: unknown) => value, 'house-1' as unknown),
}

const account = {
  model,
  cash: optional(cash, []),
  recourseDebt: optional(positiveUsd, 0),
  accruedFunding: optional(usd, 0),
  collateral: optional(list(holding), []),
  lendingUnits: optional(list(readLendingUnit), []),
  positions: optional(list(position), []),
}

/** Reads the part of a `MarginInput` that all accounts share; errors as in `readInput`. */
export const readTick = object(tick)

/** Reads the part of a `MarginInput` that is one account's own; errors as in `readInput`. */
export const readAccount = object(account)

/**
 * Reads a whole `MarginInput`: every number once to float64, every unknown field, wrong type and unbounded number an error
 * with its JSON pointer. Absent figures become `null`, never 0.
 * @throws EngineError
 */
export const readInput = object({ ...tick, ...account })

export type ReadTick = ReturnType<typeof readTick>
export type ReadAccount = ReturnType<typeof readAccount>
export type ReadHolding = ReturnType<typeof holding>
export type ReadLendingUnit = ReturnType<typeof readLendingUnit>
export type ReadPosition = ReturnType<typeof position>
export type ReadAssetMarket = ReturnType<typeof assetMarket>
export type ReadMarketData = ReturnType<typeof marketData>
export type ReadHaircut = ReturnType<typeof haircut>
