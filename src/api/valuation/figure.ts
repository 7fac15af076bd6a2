import { marginOf, type OutlookRow, resolve, unitOutlooks } from '../../../engine/index'
import { resolveParameters } from '../../../engine/resolve/resolveParameters'
import type {
  AssetMarket,
  CashInput,
  MarginInput,
  MarginReport,
  MarketDataInput,
  Model,
  Numeric,
  PositionInput,
} from '../../../engine/types'
import type { Facts } from '../facts'
import type { Missing, UnitReading } from '../protocols/reading'
import type { Cut } from '../read/cut'
import { assetNamed } from './assetNamed'
import { formatDecimal } from './decimal'
import { type ExitDepth, exitDepth } from './depth/exitDepth'
import { engineClass } from './engineClass'
import { engineAsset, engineInput } from './engineInput'
import { type MarketHistory, marketHistory } from './marketHistory/marketHistory'
import { withMarketHistory } from './marketHistory/withMarketHistory'
import { createPriceBook, type Mark, type PriceBook } from './priceBook'
import { readAccounts } from './readAccounts'
import { type ValuedClaim, valueClaims } from './valueClaims'

/** What was asked, beside when: the part of a request that decides a figure. */
export interface FigureRequest {
  readonly addresses: readonly string[]
  /** The venue that asks; `null` when nobody in particular does. */
  readonly venue: string | null
  readonly model: Model
  readonly positions: readonly PositionInput[]
  readonly marketData: MarketDataInput | null
  readonly parameters: string | object
  readonly cash: Numeric | readonly CashInput[] | null
  readonly recourseDebt: Numeric | null
  readonly accruedFunding: Numeric | null
}

/** What a figure is computed from at one cut. */
export interface Evidence {
  readonly cut: Cut
  readonly facts: Facts
}

/** A figure before it is printed. */
export interface Figure {
  readonly evidence: Evidence
  readonly report: MarginReport
  readonly claims: readonly ValuedClaim[]
  readonly units: readonly UnitReading[]
  /** Every unit under falling prices, by id. */
  readonly outlooks: ReadonlyMap<string, readonly OutlookRow[]>
  readonly marks: readonly Mark[]
  readonly missing: readonly Missing[]
  /** Why there are no joint moves in the indexed prices; `null` when there are, or the request gave its own. */
  readonly jointReason: string | null
}

/**
 * The whole path from facts to figure; pure, so that anyone with the same evidence and request gets the same figure.
 * @throws EngineError when positions, market data or parameters of the request cannot be used.
 */
export function computeFigure(evidence: Evidence, request: FigureRequest): Figure {
  const { cut, facts } = evidence
  const prices = createPriceBook(facts, cut.time)
  const reading = readAccounts(facts, request.addresses, cut.time)
  const claims = valueClaims(reading.claims, reading.units, facts, prices)
  const underlyings = underlyingMarks(request, facts, prices)
  const history =
    facts.history === undefined
      ? null
      : marketHistory(facts, cut.time, resolveParameters(request.parameters, '/parameters'))
  const names = [...claims.map(engineAsset), ...underlyings.keys()]
  const depths = exitDepths(claims, facts, prices)
  const marked = withDepths(withMarks(request.marketData ?? {}, underlyings, facts), claims, depths)
  const { marketData, jointReason } = withMarketHistory(marked, history, names)
  const portfolio = resolve({
    ...toMarginInput(cut, request),
    ...engineInput(
      claims,
      reading.units,
      { volatilityOf: volatilitiesOf(history), depths, tiers: facts.reference.tiers },
      facts.agreements ?? [],
    ),
    marketData,
  })
  const report = marginOf(portfolio)
  const marks = [...claims.flatMap(({ mark }) => (mark === null ? [] : [mark])), ...underlyings.values()]
  return {
    evidence,
    report,
    jointReason,
    claims,
    units: reading.units,
    outlooks: unitOutlooks(portfolio, new Map(reading.units.map(({ id, liquidation }) => [id, liquidation]))),
    marks: uniqueMarks(marks),
    missing: uniqueMissing([
      ...cut.excluded.map(
        ({ chain, reasonCode, detail }): Missing => ({
          scope: 'chain',
          chain,
          id: chain,
          reasonCode,
          detail,
        }),
      ),
      ...reading.missing,
      ...claims.flatMap(missingOfClaim),
      ...[...underlyings.values()].flatMap(missingOfMark),
    ]),
  }
}

function toMarginInput(cut: Cut, request: FigureRequest): MarginInput {
  return {
    model: request.model,
    at: cut.time,
    positions: request.positions,
    parameters: request.parameters,
    ...(request.cash === null ? {} : { cash: request.cash }),
    ...(request.recourseDebt === null ? {} : { recourseDebt: request.recourseDebt }),
    ...(request.accruedFunding === null ? {} : { accruedFunding: request.accruedFunding }),
  }
}

/** Collateral is valued by our facts alone: the volatilities a request states are for its positions. */
function volatilitiesOf(history: MarketHistory | null): (asset: string) => number | null {
  return (asset) => history?.assets.get(asset)?.volatility?.used ?? null
}

/** Marks of what the request's positions and cash are in, by the name the request uses. */
function underlyingMarks(request: FigureRequest, facts: Facts, prices: PriceBook): ReadonlyMap<string, Mark> {
  const cash = Array.isArray(request.cash) ? (request.cash as readonly CashInput[]).map(({ asset }) => asset) : []
  const names = [...new Set([...request.positions.map(({ underlying }) => underlying), ...cash])].sort()
  const chain = Object.keys(facts.chains).sort()[0] ?? ''
  return new Map(
    names.flatMap((name) => {
      const asset = assetNamed(name, facts)
      const mark = prices.markOf(name, chain) ?? (asset === null ? null : prices.markOf(asset, chain))
      return mark === null ? [] : [[name, mark] as const]
    }),
  )
}

/** The request's market data, completed with our marks; what the request says about an asset stands. */
function withMarks(given: MarketDataInput, underlyings: ReadonlyMap<string, Mark>, facts: Facts): MarketDataInput {
  const assets: Record<string, AssetMarket> = { ...given.assets }
  for (const [name, { price }] of underlyings) {
    const asset = assetNamed(name, facts)
    const reference = asset === null ? null : facts.reference.assets[asset]!
    assets[name] = {
      ...(price === null ? {} : { indexPrice: formatDecimal(price) }),
      ...(reference === null
        ? {}
        : { class: engineClass(reference.class, reference.riskGroup), riskGroup: reference.riskGroup }),
      ...(given.assets && Object.hasOwn(given.assets, name) ? given.assets[name] : {}),
    }
  }
  return { ...given, assets }
}

/** How much of everything held can be sold; together, wherever it lies. */
function exitDepths(claims: readonly ValuedClaim[], facts: Facts, prices: PriceBook): ReadonlyMap<string, ExitDepth> {
  const totals = new Map<string, bigint>()
  for (const { asset, claim, marketValue } of claims) {
    if (asset === null || claim.side === 'borrow') continue
    totals.set(asset, (totals.get(asset) ?? 0n) + (marketValue ?? 0n))
  }
  return new Map(
    [...totals].flatMap(([asset, total]) => {
      const depth = exitDepth(asset, total, facts, prices)
      return depth === null ? [] : [[asset, depth] as const]
    }),
  )
}

/** Market data with the depth of what is held; what the request says about an asset stands. */
function withDepths(
  given: MarketDataInput,
  claims: readonly ValuedClaim[],
  depths: ReadonlyMap<string, ExitDepth>,
): MarketDataInput {
  const assets: Record<string, AssetMarket> = { ...given.assets }
  for (const { asset, claim, reference, mark } of claims) {
    if (claim.side === 'borrow') continue
    const depth = asset === null ? undefined : depths.get(asset)
    if (asset === null || depth === undefined || reference === null || mark?.price == null) continue
    assets[asset] = {
      indexPrice: formatDecimal(mark.price),
      class: engineClass(reference.class, reference.riskGroup),
      riskGroup: reference.riskGroup,
      depth2Percent: depth.depth2Percent,
      ...(Object.hasOwn(assets, asset) ? assets[asset] : {}),
    }
  }
  return { ...given, assets }
}

function missingOfClaim(valued: ValuedClaim): readonly Missing[] {
  const { chain, market, terms, side } = valued.claim
  const ofOracle: readonly Missing[] =
    terms !== null && terms.oraclePrice === null && (terms.enabled || side === 'borrow')
      ? [
          {
            scope: 'price',
            chain,
            id: market,
            reasonCode: 'PRICE_MISSING',
            detail: "the protocol's own price is not known, so its health cannot be computed",
          },
        ]
      : []
  return [...ofOracle, ...missingOfValue(valued)]
}

/** Why a claim's value at the mark may not be relied on; nothing when it may. */
export function missingOfValue({ claim, asset, mark, reasonCode }: ValuedClaim): readonly Missing[] {
  const { chain } = claim
  const token = claim.leaf?.token ?? claim.token
  // What has a value and is not counted yet is not missing.
  if (reasonCode === null || (mark?.reasonCode === null && reasonCode === claim.refused)) return []
  if (asset === null)
    return [
      { scope: 'token', chain, id: token, reasonCode: 'TOKEN_UNKNOWN', detail: 'no configured asset has this token' },
    ]
  if (mark === null || mark.reasonCode === null)
    return [{ scope: 'price', chain, id: asset, reasonCode, detail: 'no price of this can be believed' }]
  return missingOfMark(mark)
}

function missingOfMark({ asset, chain, source, reasonCode, ageSeconds }: Mark): readonly Missing[] {
  if (reasonCode === null) return []
  const detail =
    reasonCode === 'PRICE_ABSURD'
      ? 'its price is not positive, outside its band, or far from its time-weighted average'
      : ageSeconds === null
        ? 'it has no answer'
        : reasonCode === 'QUARANTINED'
          ? 'what is indexed of it disagrees with the chain'
          : `its answer is ${ageSeconds} s old`
  return [{ scope: 'price', chain, id: asset, reasonCode, detail: `${source}: ${detail}` }]
}

/** One entry per thing and reason, in a fixed order. */
export function uniqueMissing(missing: readonly Missing[]): readonly Missing[] {
  return uniqueBy(missing, ({ scope, chain, id, reasonCode }) => `${scope} ${chain} ${id} ${reasonCode}`)
}

function uniqueMarks(marks: readonly Mark[]): readonly Mark[] {
  return uniqueBy(marks, ({ asset, chain, source }) => `${asset} ${chain} ${source}`)
}

function uniqueBy<T>(rows: readonly T[], keyOf: (row: T) => string): readonly T[] {
  const byKey = new Map(rows.map((row) => [keyOf(row), row]))
  return [...byKey.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)
}
