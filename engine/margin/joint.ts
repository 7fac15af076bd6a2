import { expectedShortfall } from '../measures/tail/expectedShortfall'
import { tailWeights } from '../measures/tail/tailWeights'
import { accountPnl } from '../scenario/accountPnl'
import { historyShocks } from '../scenario/historyShocks'
import type { Account } from './account'
import { type Measure, NO_LOSS, ownLosses, weightedLegs } from './measure'
import { revalue } from './revalue'

/** Expected shortfall over past joint moves, by full revaluation; nothing when the set or the market data have none. */
export function joint(account: Account): Measure {
  const rule = account.parameters.joint
  const { history } = account.market
  if (rule === null || history === null) return NO_LOSS
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
