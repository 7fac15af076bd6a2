import type { MarketHistoryRule, ParameterSet } from '../../../../engine/types'
import type { Facts } from '../../facts'
import { assetNamed } from '../assetNamed'
import { engineClass } from '../engineClass'
import { marketFeeds } from '../marketFeeds'
import { dailyCloses } from './dailyCloses'
import { type DailyMove, dailyMoves } from './dailyMoves'
import { type FeedPath, feedPaths } from './feedPaths'
import { type GroupCorrelations, groupCorrelations } from './groupCorrelations'
import { type AssetTraits, type JointHistory, jointMoves } from './jointMoves'
import { type PastPrices, pastPrices } from './pastPrices'
import { rememberByCloses } from './rememberByCloses'
import { type Breaker, replayBreaker } from './replayBreaker'
import { type Volatility, volatilityOf } from './volatilityOf'

/** What past prices say about one configured asset. */
export interface AssetHistory extends AssetTraits {
  /** The feeds its closes come from; `null` when it has none. */
  readonly path: FeedPath | null
  readonly moves: readonly DailyMove[]
  readonly volatility: Volatility | null
}

/** What past prices say about a risk group: what they say about its head. */
export interface GroupHistory extends Group {
  /** `null` while its volatility is not known: nothing then says which move is too large. */
  readonly breaker: Breaker | null
}

interface Group {
  readonly riskGroup: string
  readonly head: AssetHistory
}

export interface MarketHistory extends CloseHistory {
  /** By name. */
  readonly groups: readonly GroupHistory[]
}

/** What rests on daily closes alone. */
interface CloseHistory {
  readonly assets: ReadonlyMap<string, AssetHistory>
  readonly groups: readonly Group[]
  /** In the order of the groups. */
  readonly correlations: GroupCorrelations
  readonly joint: JointHistory
  /** What a name stands for, with the set's own class or its default. */
  traitsOf(asset: string): AssetTraits
}

const remembered = rememberByCloses<CloseHistory>()

/**
 * Volatilities, correlations, joint moves and the circuit breaker as the prices before the cut give them. Pure: the same facts give the same
 * figures, whatever was read or asked before.
 * @param time the cut, unix seconds.
 * @returns `null` when the set takes nothing from past prices.
 */
export function marketHistory(facts: Facts, time: number, parameters: ParameterSet): MarketHistory | null {
  const rule = parameters.marketHistory
  if (rule === null) return null
  const past = pastPrices(facts)
  const firstDay = Math.floor(time / 86_400) - rule.windowDays + 1
  const closes = remembered({ facts, firstDay, parameters }, () =>
    closeHistory(facts, past, firstDay, parameters, rule),
  )
  const groups = closes.groups.map(({ riskGroup, head }) => {
    const breaker = head.volatility === null ? null : breakerOf(head, pathsOf(head.asset, facts), past, rule, time)
    return { riskGroup, head, breaker }
  })
  return { ...closes, groups }
}

function closeHistory(
  facts: Facts,
  past: PastPrices,
  firstDay: number,
  parameters: ParameterSet,
  rule: MarketHistoryRule,
): CloseHistory {
  const traitsOf = (asset: string) => traits(asset, facts, parameters)
  const assets = new Map(
    Object.keys(facts.reference.assets)
      .sort()
      .map((asset): [string, AssetHistory] => {
        const found = dailyCloses(pathsOf(asset, facts), past, firstDay)
        const moves = found === null ? [] : dailyMoves(found.closes)
        const known = traitsOf(asset)
        const volatility = volatilityOf(moves, known.family, rule)
        return [asset, { ...known, path: found?.path ?? null, moves, volatility }]
      }),
  )
  const groups = [...new Set([...assets.values()].map(({ riskGroup }) => riskGroup))].sort().map((riskGroup) => {
    return { riskGroup, head: headOf(riskGroup, assets, facts) }
  })
  const heads = new Map(groups.map(({ riskGroup, head }) => [riskGroup, head.moves]))
  const names = groups.map(({ riskGroup, head }) => [riskGroup, head.className, head.family])
  return {
    assets,
    groups,
    correlations: groupCorrelations(names, heads, rule.minimumMoves, parameters.correlationFloors),
    joint: jointMoves(new Map([...assets].map(([asset, { moves }]) => [asset, moves])), traitsOf, rule),
    traitsOf,
  }
}

function pathsOf(asset: string, { reference, chains }: Facts): readonly FeedPath[] {
  return feedPaths(asset, marketFeeds(reference), new Set(Object.keys(chains)))
}

function traits(asset: string, facts: Facts, { classes, defaultClass }: ParameterSet): AssetTraits {
  const configured = assetNamed(asset, facts)
  const reference = configured === null ? null : facts.reference.assets[configured]!
  const named = reference === null ? defaultClass : engineClass(reference.class, reference.riskGroup)
  const className = Object.hasOwn(classes, named) ? named : defaultClass
  return {
    asset: configured ?? asset,
    riskGroup: reference?.riskGroup ?? asset,
    className,
    family: classes[className]!.family,
  }
}

/** The asset a group is named for, else its major, else the member with most moves (of equals the first by name). */
function headOf(riskGroup: string, assets: ReadonlyMap<string, AssetHistory>, facts: Facts): AssetHistory {
  const named = assets.get(assetNamed(riskGroup, facts) ?? '')
  if (named?.riskGroup === riskGroup) return named
  const members = [...assets.values()].filter((member) => member.riskGroup === riskGroup)
  return members.reduce((most, member) => (member.moves.length > most.moves.length ? member : most))
}

/** The breaker of a group: over every path to its head's price, the one with the largest factor. A crash counts wherever it is seen first. */
function breakerOf(
  head: AssetHistory,
  paths: readonly FeedPath[],
  past: PastPrices,
  rule: MarketHistoryRule,
  time: number,
): Breaker {
  const known = new Map<number, number | null>()
  const volatilityOn = (day: number) => {
    if (!known.has(day)) {
      const before = head.moves.filter((move) => move.day <= day)
      known.set(day, volatilityOf(before, head.family, rule)?.used ?? null)
    }
    return known.get(day)!
  }
  return paths
    .map((path) => replayBreaker(path, past, volatilityOn, rule.breaker, time))
    .reduce((largest, found) => (found.factors.initial > largest.factors.initial ? found : largest))
}
