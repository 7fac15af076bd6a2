import { OutOfRangeError, UnknownReferenceError } from '../errors'
import type {
  AssetClass,
  ParameterSet,
  ResolvedExpiry,
  ResolvedHistory,
  ResolvedMarket,
  ResolvedUnderlying,
} from '../types'
import type { ReadAssetMarket, ReadMarketData } from './readInput'
import { child } from './schema'
import { growthFactor, yearsTo } from './time'

/** Looks up a class by name, or the set's default. */
export function classOf(
  parameters: ParameterSet,
  className: string | null,
  pointer: string,
): { readonly className: string; readonly class: AssetClass } {
  const found = className ?? parameters.defaultClass
  const entry = Object.hasOwn(parameters.classes, found) ? parameters.classes[found] : undefined
  if (entry === undefined) throw new UnknownReferenceError(pointer, 'class of the parameter set')
  return { className: found, class: entry }
}

function resolveExpiries(source: ReadAssetMarket, indexPrice: number, at: number): readonly ResolvedExpiry[] {
  return source.expiries
    .map((expiry) => ({
      ...expiry,
      forward: expiry.forward ?? indexPrice * growthFactor(expiry.rate, yearsTo(expiry.expiry, at)),
    }))
    .sort((one, other) => one.expiry - other.expiry)
}

function resolveUnderlying(
  asset: string,
  source: ReadAssetMarket,
  parameters: ParameterSet,
  at: number,
  pointer: string,
): ResolvedUnderlying {
  const indexPrice = source.indexPrice ?? source.markPrice ?? source.oraclePrice ?? 0
  const markPrice = source.markPrice ?? indexPrice
  const { depth2Percent, dailyVolume } = source
  if (source.maintenanceShockFactor > source.shockFactor) {
    throw new OutOfRangeError(child(pointer, 'maintenanceShockFactor'), 'at most the shockFactor')
  }
  const known = classOf(parameters, source.class, child(pointer, 'class'))
  return {
    asset,
    ...known,
    riskGroup: source.riskGroup ?? asset,
    indexPrice,
    markPrice,
    oraclePrice: source.oraclePrice ?? indexPrice,
    confidence: source.confidence,
    perpMarkPrice: source.perp?.markPrice ?? markPrice,
    perpConfidence: source.perp?.confidence ?? 1,
    expiries: resolveExpiries(source, indexPrice, at),
    vol: source.vol,
    fundingRate: source.fundingRate,
    volatility: source.volatility,
    shockFactor: source.shockFactor,
    maintenanceShockFactor: source.maintenanceShockFactor,
    concentrationThreshold: thresholdOf(depth2Percent, dailyVolume, known.class),
  }
}

/**
 * The size from which concentration is charged: ten times what moves the price by two percent, or a tenth of a day's volume, whichever is smaller. The
 * class's size stands for the volume where that is not known; `null` where neither is.
 */
function thresholdOf(
  depth2Percent: number | null,
  dailyVolume: number | null,
  { concentrationThreshold }: AssetClass,
): number | null {
  if (depth2Percent === null && dailyVolume === null) return null
  const byVolume = dailyVolume === null ? concentrationThreshold : dailyVolume / 10
  return depth2Percent === null ? byVolume : Math.min(10 * depth2Percent, byVolume)
}

function series(
  rows: Readonly<Record<string, readonly number[]>>,
  length: number,
  pointer: string,
): ReadonlyMap<string, Float64Array> {
  const entries = Object.entries(rows).map(([key, values]): [string, Float64Array] => {
    if (values.length !== length)
      throw new OutOfRangeError(child(pointer, key), `of ${length} rows like the other series`)
    return [key, Float64Array.from(values)]
  })
  return new Map(entries)
}

function resolveHistory(source: ReadMarketData['history'], pointer: string): ResolvedHistory | null {
  if (source === null) return null
  const length = Object.values(source.returns)[0]?.length ?? 0
  if (length === 0) return null
  return {
    length,
    returns: series(source.returns, length, `${pointer}/returns`),
    volMoves: series(source.volMoves, length, `${pointer}/volMoves`),
    horizonDays: source.horizonDays,
  }
}

/** Looks up classes, fills the prices that follow from others and checks the lengths of the series. */
export function resolveMarket(
  source: ReadMarketData,
  parameters: ParameterSet,
  at: number,
  pointer: string,
): ResolvedMarket {
  const assets = Object.entries(source.assets)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([asset, market]): [string, ResolvedUnderlying] => [
      asset,
      resolveUnderlying(asset, market, parameters, at, child(`${pointer}/assets`, asset)),
    ])
  return {
    assets: new Map(assets),
    history: resolveHistory(source.history, `${pointer}/history`),
    correlations: new Map(
      Object.entries(source.correlations).map(([group, row]) => [group, new Map(Object.entries(row))]),
    ),
    riskArrays: new Map(Object.entries(source.riskArrays).map(([id, values]) => [id, Float64Array.from(values)])),
  }
}
