import type { AssetMarket, HistoryInput, MarketDataInput } from '../../../../engine/types'
import type { JointMoves } from './jointMoves'
import type { MarketHistory } from './marketHistory'

export interface CompletedMarket {
  readonly marketData: MarketDataInput
  /** Why there are no joint moves of ours; `null` when there are, or the caller gave his own. */
  readonly jointReason: string | null
}

/**
 * Market data completed with what past prices say about the assets named; what the request says about an asset, a pair or the joint moves stands.
 * @param names of everything held, owed and traded.
 */
export function withMarketHistory(
  given: MarketDataInput,
  history: MarketHistory | null,
  names: readonly string[],
): CompletedMarket {
  if (history === null) return { marketData: given, jointReason: 'the parameter set takes nothing from past prices' }
  const assets: Record<string, AssetMarket> = { ...given.assets }
  for (const name of [...new Set(names)].sort())
    assets[name] = { ...ofHistory(name, history, assets[name]), ...assets[name] }
  const correlations = isTable(given.correlations ?? {})
    ? completedCorrelations(given.correlations ?? {}, history)
    : given.correlations
  if (given.history !== undefined) return { marketData: { ...given, assets, correlations }, jointReason: null }
  if (history.joint.kind === 'unknown')
    return { marketData: { ...given, assets, correlations }, jointReason: history.joint.reason }
  const returns = jointReturns(names, history.joint.moves, history)
  return { marketData: { ...given, assets, correlations, history: { returns } }, jointReason: null }
}

function ofHistory(name: string, history: MarketHistory, given: AssetMarket | undefined): AssetMarket {
  const { asset, riskGroup, className } = history.traitsOf(name)
  const volatility = history.assets.get(asset)?.volatility?.used
  const breaker = history.groups.find((group) => group.riskGroup === riskGroup)?.breaker
  const hasOwnFactor = given?.shockFactor !== undefined || given?.maintenanceShockFactor !== undefined
  return {
    class: className,
    riskGroup,
    ...(volatility === undefined ? {} : { volatility }),
    ...(breaker === undefined || breaker === null || hasOwnFactor
      ? {}
      : { shockFactor: breaker.factors.initial, maintenanceShockFactor: breaker.factors.maintenance }),
  }
}

function jointReturns(
  names: readonly string[],
  moves: JointMoves,
  { traitsOf, assets }: MarketHistory,
): HistoryInput['returns'] {
  const returns: Record<string, readonly number[]> = {}
  for (const name of new Set([...names, ...assets.keys()])) {
    const own = moves.returnsOf(traitsOf(name))
    if (own !== null) returns[name] = own
  }
  return returns
}

/** Whether the request's correlations have the form of some; what has not is left for the engine to refuse. */
function isTable(value: unknown): boolean {
  const isRecord = (each: unknown) => typeof each === 'object' && each !== null && !Array.isArray(each)
  return isRecord(value) && Object.values(value as object).every(isRecord)
}

/** Each pair once, by the group that comes first, unless the request has it in either order. */
function completedCorrelations(
  given: NonNullable<MarketDataInput['correlations']>,
  { groups, correlations }: MarketHistory,
): NonNullable<MarketDataInput['correlations']> {
  const isGiven = (one: string, other: string) => given[one]?.[other] !== undefined || given[other]?.[one] !== undefined
  const ours = groups.map(({ riskGroup: one }, row) => {
    const rest = groups
      .map(({ riskGroup: other }, column) => [other, correlations.correlation[row]![column]!, column] as const)
      .filter(([other, , column]) => column > row && !isGiven(one, other))
      .map(([other, correlation]) => [other, correlation] as const)
    return [one, { ...Object.fromEntries(rest), ...given[one] }] as const
  })
  return { ...given, ...Object.fromEntries(ours) }
}
