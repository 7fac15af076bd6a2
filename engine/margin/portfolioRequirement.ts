import { hostGroups } from '../scenario/unitLegs'
import type { AddOn } from '../types'
import { type Account, accountGroups } from './account'
import { joint } from './joint'
import { type Requirement, requirement } from './requirement'
import { scan } from './scan'
import { shockFactorsOf } from './shockFactors'
import { stress } from './stress'
import type { Valuation } from './valuation'

type ShockFactors = Account['shockFactors']

/** A tripped breaker of a group in which the account has nothing changes nothing for it. */
function concerning(account: Account, factors: ShockFactors): ShockFactors {
  const held = new Set(accountGroups(account, hostGroups))
  return new Map([...factors].filter(([group]) => held.has(group)))
}

function isSame(one: ShockFactors, other: ShockFactors): boolean {
  return one.size === other.size && [...one].every(([group, factor]) => other.get(group) === factor)
}

/** The first of the largest. */
function largest(requirements: readonly Requirement[], figure: 'initialMargin' | 'maintenanceMargin'): Requirement {
  return requirements.reduce((most, found) => (found[figure] > most[figure] ? found : most))
}

/** The charges of one requirement with what those of another come to for maintenance. */
function withMaintenance(charges: readonly AddOn[], maintenance: readonly AddOn[]): readonly AddOn[] {
  return charges.map((row, index) => ({ ...row, maintenanceAmount: maintenance[index]!.maintenanceAmount }))
}

/**
 * The `portfolio` model: the worst of scan, joint moves and named crashes.
 *
 * While a circuit breaker has tripped, the whole requirement is computed under the multiplied shocks and without them, and the larger
 * counts. Larger shocks alone would not do: they leave less credit to be concentrated in anything, so that of a hedged account they
 * would take away a charge without adding a loss; and a position whose loss is largest at one price may pass it. A larger one of two
 * requirements keeps what holds of both: more collateral never lowers the balance minus the requirement, and nothing costs more together than
 * apart. Maintenance margin has its own, ramped factors; initial margin is at least what those ask for, so that IM ≥ MM.
 */
export function portfolioRequirement(valuation: Valuation): Requirement {
  const { account } = valuation
  const others = { joint: joint(account), stress: stress(account) }
  const under = (shockFactors: ShockFactors) =>
    requirement(valuation, { ...others, scan: scan({ ...account, shockFactors }) })
  const atOnce = concerning(account, account.shockFactors)
  const inForce = under(atOnce)
  if (atOnce.size === 0) return inForce
  const ramped = concerning(account, shockFactorsOf(account.market, 'maintenanceShockFactor'))
  const calm = under(new Map())
  const risen = ramped.size === 0 ? calm : isSame(ramped, atOnce) ? inForce : under(ramped)
  const initial = largest([inForce, risen, calm], 'initialMargin')
  const maintenance = largest([risen, calm], 'maintenanceMargin')
  return {
    ...initial,
    maintenanceMargin: maintenance.maintenanceMargin,
    components: {
      ...initial.components,
      addOns: withMaintenance(initial.components.addOns, maintenance.components.addOns),
    },
  }
}
