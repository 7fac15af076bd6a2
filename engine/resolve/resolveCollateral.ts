import { morphoIncentive } from '../collateral/morphoIncentive'
import { DuplicateIdError } from '../errors'
import type {
  ParameterSet,
  ResolvedAsset,
  ResolvedHaircutInputs,
  ResolvedHolding,
  ResolvedLendingCollateral,
  ResolvedLendingUnit,
  ResolvedMarket,
} from '../types'
import type { ReadHaircut, ReadHolding, ReadLendingUnit } from './readInput'
import { classOf } from './resolveMarket'

const NO_HAIRCUT_INPUTS: ResolvedHaircutInputs = {
  volatility: null,
  redemptionPrice: null,
  impact: [],
  protocolTier: null,
  chainTier: null,
  oracleSources: null,
  oracleDeviation: 0,
}

type ReadAsset = ReadLendingUnit['debt'][number]

/** Sorts by id, by code unit, so that no sum depends on the order rows arrived in. */
export function sortById<T extends { readonly id: string }>(rows: readonly T[], pointer: string): readonly T[] {
  const seen = new Set<string>()
  rows.forEach(({ id }, index) => {
    if (seen.has(id)) throw new DuplicateIdError(`${pointer}/${index}/id`)
    seen.add(id)
  })
  return [...rows].sort((one, other) => (one.id < other.id ? -1 : 1))
}

function resolveAsset(
  source: ReadAsset,
  market: ResolvedMarket,
  parameters: ParameterSet,
  pointer: string,
): ResolvedAsset {
  const known = market.assets.get(source.asset)
  const marketMark = known?.markPrice ?? 0
  const oraclePrice = source.oraclePrice ?? known?.oraclePrice ?? source.markPrice ?? 0
  const markPrice = source.markPrice ?? (marketMark > 0 ? marketMark : oraclePrice)
  const priceless = oraclePrice <= 0 || markPrice <= 0
  return {
    asset: source.asset,
    ...classOf(parameters, source.class ?? known?.className ?? null, `${pointer}/class`),
    riskGroup: source.riskGroup ?? known?.riskGroup ?? source.asset,
    quantity: source.quantity,
    oraclePrice,
    markPrice,
    unusable: source.unusable ?? (priceless ? 'PRICE_MISSING' : null),
  }
}

/** An asset's mark is never above what it can be redeemed for. */
function markedDown(asset: ResolvedAsset, haircut: ReadHaircut | null): ResolvedAsset {
  const redemptionPrice = haircut?.redemptionPrice ?? null
  if (redemptionPrice === null) return asset
  return { ...asset, markPrice: Math.min(asset.markPrice, redemptionPrice) }
}

/** Resolves one free leaf: prices, class, provenance. */
export function resolveHolding(
  source: ReadHolding,
  market: ResolvedMarket,
  parameters: ParameterSet,
  pointer: string,
): ResolvedHolding {
  return {
    ...markedDown(resolveAsset(source, market, parameters, pointer), source.haircut),
    id: source.id,
    subAccount: source.subAccount,
    control: source.control,
    movable: Math.min(source.quantity, source.movable ?? source.quantity),
    chain: source.chain,
    protocol: source.protocol,
    issuer: source.issuer,
    curator: source.curator,
    oracle: source.oracle,
    bridge: source.bridge,
    haircut: source.haircut ?? NO_HAIRCUT_INPUTS,
  }
}

function resolveLendingCollateral(
  source: ReadLendingUnit['collateral'][number],
  unit: ReadLendingUnit,
  market: ResolvedMarket,
  parameters: ParameterSet,
  pointer: string,
): ResolvedLendingCollateral {
  const implied = unit.rule === 'morpho' ? morphoIncentive(source.liquidationThreshold) : 1
  const free = Math.min(
    source.freeLiquidity ?? source.quantity,
    source.withdrawalCap ?? source.quantity,
    source.quantity,
  )
  return {
    ...markedDown(resolveAsset(source, market, parameters, pointer), source.haircut),
    chain: source.chain ?? unit.chain,
    protocol: source.protocol ?? unit.protocol,
    issuer: source.issuer ?? unit.issuer,
    curator: source.curator ?? unit.curator,
    oracle: source.oracle ?? unit.oracle,
    bridge: source.bridge,
    liquidationThreshold: source.liquidationThreshold,
    maxLtv: Math.min(source.maxLtv, source.liquidationThreshold),
    liquidationIncentive: source.liquidationIncentive ?? implied,
    enabled: source.enabled,
    withdrawable: source.paused ? 0 : free,
    haircut: source.haircut ?? NO_HAIRCUT_INPUTS,
  }
}

/** A debt that cannot be trusted makes the whole unit worth nothing; collateral that cannot is only left out. */
function firstUnusable(assets: readonly ResolvedAsset[]): string | null {
  return assets.find((asset) => asset.quantity > 0 && asset.unusable !== null)?.unusable ?? null
}

/** Resolves one lending unit; `market` and `parameters` give prices and classes where the rows have none. */
export function resolveLendingUnit(
  source: ReadLendingUnit,
  market: ResolvedMarket,
  parameters: ParameterSet,
  pointer: string,
): ResolvedLendingUnit {
  const byAsset = (one: ResolvedAsset, other: ResolvedAsset) => (one.asset < other.asset ? -1 : 1)
  const collateral = source.collateral
    .map((row, index) => resolveLendingCollateral(row, source, market, parameters, `${pointer}/collateral/${index}`))
    .sort(byAsset)
  const debt = source.debt
    .map((row, index) => resolveAsset(row, market, parameters, `${pointer}/debt/${index}`))
    .sort(byAsset)
  return {
    id: source.id,
    rule: source.rule,
    control: source.control,
    unwindable: source.unwindable,
    subAccount: source.subAccount,
    chain: source.chain,
    protocol: source.protocol,
    issuer: source.issuer,
    curator: source.curator,
    oracle: source.oracle,
    bridge: source.bridge,
    collateral,
    debt,
    unusable: firstUnusable(debt),
  }
}
