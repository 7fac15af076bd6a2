import { shockedMove } from '../measures/breaker/shockedMove'
import type { ParameterSet, ScenarioRule, ScenarioSet } from '../types'
import type { Factor, Factors } from './factors'
import type { Shocks } from './shocks'

/** Largest weighted moves of a scenario set: what a group can do while another one is at the centre. */
export interface WeightedRange {
  /** Smallest weight·(multiplier − 1), ≤ 0. */
  readonly down: number
  /** Largest weight·(multiplier − 1), ≥ 0. */
  readonly up: number
}

/** Weighted range of a scenario set, its wrapper ratios included where `wrapper`. */
export function weightedRange(set: ScenarioSet, wrapper: boolean): WeightedRange {
  let down = 0
  let up = 0
  for (const rule of set.scenarios) {
    const move = rule.weight * (priceMultiplier(rule, wrapper) - 1)
    down = Math.min(down, move)
    up = Math.max(up, move)
  }
  return { down, up }
}

function priceMultiplier(rule: ScenarioRule, wrapper: boolean): number {
  return wrapper ? rule.price * (1 + rule.ratio) : rule.price
}

/** Scenario set of a class. */
export function scenarioSetOf(parameters: ParameterSet, factor: Pick<Factor, 'class'>): ScenarioSet {
  return parameters.scenarioSets[factor.class.scenarioSet] as ScenarioSet
}

/**
 * The factor whose scenario set moves a whole group: the asset the group is named for, otherwise the member with the widest
 * downward range, so that a group without its namesake is never moved too little.
 */
export function groupHead(group: string, factors: Factors, parameters: ParameterSet): Factor {
  const members = factors.list.filter((factor) => factor.riskGroup === group)
  const namesake = members.find((factor) => factor.asset === group)
  if (namesake !== undefined) return namesake
  const down = (factor: Factor) => weightedRange(scenarioSetOf(parameters, factor), false).down
  return members.reduce((widest, factor) => (down(factor) < down(widest) ? factor : widest))
}

/** Name of the scenario set that moves a group. */
export function scenarioSetName(group: string, factors: Factors, parameters: ParameterSet): string {
  return groupHead(group, factors, parameters).class.scenarioSet
}

/** Shocks of one group's scenario set, with the rules they came from, scenario by scenario. */
export interface GridShocks extends Shocks {
  readonly group: string
  readonly rules: readonly ScenarioRule[]
}

/**
 * Moves every member of one group through the group's scenario set; all other factors stand still. `shockFactor` ≥ 1 multiplies the
 * price moves (not the losses), none below −100 %.
 */
export function gridShocks(group: string, factors: Factors, parameters: ParameterSet, shockFactor: number): GridShocks {
  const setName = scenarioSetName(group, factors, parameters)
  const members = factors.list.flatMap((factor, row) => (factor.riskGroup === group ? [{ factor, row }] : []))
  const hasWrapper = members.some(({ factor }) => factor.class.wrapper)
  const rules = (parameters.scenarioSets[setName] as ScenarioSet).scenarios
    .filter((rule) => hasWrapper || rule.ratio === 0)
    .map((rule) => (shockFactor === 1 ? rule : { ...rule, price: 1 + shockedMove(rule.price - 1, shockFactor) }))
  const count = rules.length
  const price = new Float64Array(factors.list.length * count).fill(1)
  const vol = new Float64Array(factors.list.length * count)
  for (const { factor, row } of members) {
    rules.forEach((rule, index) => {
      price[row * count + index] = priceMultiplier(rule, factor.class.wrapper)
      vol[row * count + index] = rule.vol
    })
  }
  return {
    key: JSON.stringify(['grid', setName, shockFactor, hasWrapper]),
    group,
    rules,
    ids: rules.map((rule) => rule.id),
    count,
    weights: Float64Array.from(rules, (rule) => rule.weight),
    skew: rules.map((rule) => rule.skew),
    price,
    vol,
  }
}
