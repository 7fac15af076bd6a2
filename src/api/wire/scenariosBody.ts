import { groupHead } from '../../../engine/scenario/gridShocks'
import type { ParameterSet } from '../../../engine/types'
import type { Reference } from '../facts'
import { engineClass } from '../valuation/engineClass'

type Factor = ReturnType<typeof groupHead>

/**
 * The scenarios of a parameter set as the engine itself reads them, and which of them moves which configured risk group. Numbers are those of the
 * set: `price` multiplies spot, `vol` is the range before the expiry law of `volShock`, `ratio` moves a wrapper in its underlying, `weight`
 * multiplies the P&L.
 */
export function scenariosBody(set: ParameterSet, reference: Reference) {
  return {
    id: set.id,
    version: set.version,
    sources: set.sources,
    riskGroups: riskGroups(set, reference),
    classes: Object.fromEntries(
      Object.entries(set.classes).map(([name, { family, scenarioSet, wrapper }]) => [
        name,
        { family, scenarioSet, wrapper },
      ]),
    ),
    scenarioSets: set.scenarioSets,
    correlationFloors: set.correlationFloors,
    joint: set.joint,
    stress: set.stress,
  }
}

/** By risk group: its members, and the scenario set that moves an account which holds all of them. */
function riskGroups(set: ParameterSet, reference: Reference) {
  const factors = Object.entries(reference.assets).flatMap(([asset, { class: configured, riskGroup }]): Factor[] => {
    const className = engineClass(configured, riskGroup)
    const found = Object.hasOwn(set.classes, className) ? set.classes[className] : undefined
    return found === undefined ? [] : [{ asset, riskGroup, className, class: found }]
  })
  const groups = [...new Set(Object.values(reference.assets).map(({ riskGroup }) => riskGroup))].sort()
  return Object.fromEntries(
    groups.map((group) => {
      const assets = Object.keys(reference.assets)
        .filter((asset) => reference.assets[asset]!.riskGroup === group)
        .sort()
      const isKnown = factors.some(({ riskGroup }) => riskGroup === group)
      const head = isKnown ? groupHead(group, { list: factors, rows: new Map(), used: new Set() }, set) : null
      return [
        group,
        {
          assets,
          head: head?.asset ?? null,
          scenarioSet: head?.class.scenarioSet ?? null,
          reason: head === null ? 'the set has no class for these assets' : null,
        },
      ]
    }),
  )
}
