import type { ChargeRule } from '../../types'
import { calendarBasis, fee, funding, timeDecay } from './carryCharges'
import type { ChargeContext, Charged } from './chargeContext'
import { concentration } from './concentration'
import { minimumCharge } from './minimumCharge'
import { minimumDelta } from './minimumDelta'
import { oracleConfidence } from './oracleConfidence'
import { collateralHaircut, perpStatic, shortOptionStatic } from './staticCharges'

/** Computes one charge of a parameter set, USD ≥ 0. */
export function charge(rule: ChargeRule, context: ChargeContext): Charged {
  switch (rule.kind) {
    case 'perpStatic':
      return perpStatic(rule, context)
    case 'shortOptionStatic':
      return shortOptionStatic(rule, context)
    case 'collateralHaircut':
      return collateralHaircut(context)
    case 'oracleConfidence':
      return oracleConfidence(rule, context)
    case 'minimumDelta':
      return minimumDelta(rule, context)
    case 'funding':
      return funding(rule, context)
    case 'fee':
      return fee(rule, context)
    case 'minimumCharge':
      return minimumCharge(rule, context)
    case 'timeDecay':
      return timeDecay(rule, context)
    case 'calendarBasis':
      return calendarBasis(rule, context)
    case 'concentration':
      return concentration(rule, context)
  }
}
