import { cashLegs, holdingLegs } from '../scenario/collateralLegs'
import { scenarioSetName } from '../scenario/gridShocks'
import { type LegMatrix, stackLegs } from '../scenario/legs'
import { orderLegs } from '../scenario/orderLegs'
import { positionLegs } from '../scenario/positionLegs'
import { riskArrays } from '../scenario/riskArrays'
import type { Shocks } from '../scenario/shocks'
import { jointUnitCredits, unitLeg } from '../scenario/unitLegs'
import type { ResolvedUnderlying } from '../types'
import type { Account } from './account'

/** A unit revalued on joint moves answers to no single group: its gains count on their own. */
const JOINT = '*'

/** Revalues the whole account under joint moves of all factors: every leg, every scenario. */
export function revalue(account: Account, shocks: Shocks): LegMatrix {
  const { at, market, holdings, units, cash, factors, parameters } = account
  // A published array is one of its own set's scenarios, not of these.
  const instruments = account.instruments.map((row) => (row.published === null ? row : { ...row, published: null }))
  const setOf = ({ riskGroup }: ResolvedUnderlying) => scenarioSetName(riskGroup, factors, parameters)
  const arrays = riskArrays(account, instruments, factors, shocks, setOf)
  return stackLegs(
    [
      positionLegs(account, instruments, arrays, shocks, setOf),
      orderLegs(market, at, instruments, arrays),
      holdingLegs(holdings, factors, shocks),
      cashLegs(cash, market, factors, shocks),
      ...units.map((unit) => unitLeg(unit, jointUnitCredits(unit, factors, shocks, parameters.lending), JOINT)),
    ],
    shocks.count,
  )
}
