import { expectedShortfall } from '../measures/tail/expectedShortfall'
import { tailWeights } from '../measures/tail/tailWeights'
import { accountPnl } from '../scenario/accountPnl'
import { historyShocks } from '../scenario/historyShocks'
import type { Account } from './account'
import { type Measure, NO_LOSS, ownLosses, weightedLegs } from './measure'
import { revalue } from './revalue'

/** Why there is no measure where the market data have no past moves. */
export const NO_HISTORY = 'there is no history of joint moves'

/** A measure that could not be taken. It counts for nothing among the others, but is not a loss of 0. */
export interface Unmeasured {
  readonly reason: string
}

/** Expected shortfall over past joint moves, by full revaluation, or why there is none. */
export function joint(account: Account): Measure | Unmeasured {
  const rule = account.parameters.joint
  const { history } = account.market
  if (rule === null) return { reason: 'the parameter set has no joint moves' }
  if (history === null) return { reason: NO_HISTORY }
  const shocks = historyShocks(account, history, account.factors, rule)
  const matrix = revalue(account, shocks)
  const { gainsOffset } = account.parameters.collateral
  const pnl = accountPnl(matrix, gainsOffset)
  const loss = expectedShortfall(pnl, rule.confidence, shocks.weights)
  const own = ownLosses(matrix, (change) => expectedShortfall(change, rule.confidence, shocks.weights))
  if (loss === 0) return { ...NO_LOSS, own }
  const legs = weightedLegs(matrix, gainsOffset, tailWeights(pnl, rule.confidence, shocks.weights))
  let worst = 0
  for (let scenario = 1; scenario < shocks.count; scenario += 1) {
    if ((pnl[scenario] as number) < (pnl[worst] as number)) worst = scenario
  }
  const moves = account.factors.list
    .map((factor, row) => ({
      riskGroup: factor.asset,
      price: (shocks.price[row * shocks.count + worst] as number) - 1,
      vol: shocks.vol[row * shocks.count + worst] as number,
    }))
    .filter((move) => move.price !== 0 || move.vol !== 0)
  return { loss, legs, own, worst: { id: shocks.ids[worst] as string, loss, moves }, rows: [] }
}
