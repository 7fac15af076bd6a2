import { MissingMarketDataError } from '../errors'
import { expectedShortfall } from '../measures/tail/expectedShortfall'
import { tailWeights } from '../measures/tail/tailWeights'
import { valueAtRisk } from '../measures/tail/valueAtRisk'
import { accountPnl } from '../scenario/accountPnl'
import { historyShocks } from '../scenario/historyShocks'
import type { JointRule, MarginReport, Portfolio } from '../types'
import type { Account } from './account'
import { type Measure, NO_LOSS, ownLosses, weightedLegs } from './measure'
import { balanceOf, report } from './report'
import { requirement } from './requirement'
import { revalue } from './revalue'
import { valuate } from './valuation'

/** Value at risk and expected shortfall of an account over past joint moves, by full revaluation. */
export interface TailMeasures {
  readonly valueAtRisk: number
  readonly expectedShortfall: number
  readonly measure: Measure
}

const DEFAULT_RULE: JointRule = { confidence: 0.975, method: 'historical', decay: 0.97 }

/**
 * Measures the tail: VaR is carried by the legs of its one scenario, ES by those of every scenario in the tail.
 * @throws MissingMarketDataError without a history.
 */
export function tailMeasures(account: Account, kind: 'var' | 'es'): TailMeasures {
  const { history } = account.market
  if (history === null) throw new MissingMarketDataError('/marketData/history', 'past returns for this model')
  const { measures, collateral } = account.parameters
  const shocks = historyShocks(account, history, account.factors, account.parameters.joint ?? DEFAULT_RULE)
  const matrix = revalue(account, shocks)
  const pnl = accountPnl(matrix, collateral.gainsOffset)
  const figures = {
    valueAtRisk: valueAtRisk(pnl, measures.valueAtRisk, shocks.weights),
    expectedShortfall: expectedShortfall(pnl, measures.expectedShortfall, shocks.weights),
  }
  const loss = kind === 'var' ? figures.valueAtRisk : figures.expectedShortfall
  const own = ownLosses(matrix, (change) =>
    kind === 'var'
      ? valueAtRisk(change, measures.valueAtRisk, shocks.weights)
      : expectedShortfall(change, measures.expectedShortfall, shocks.weights),
  )
  if (loss === 0) return { ...figures, measure: { ...NO_LOSS, own } }
  const quantile = pnl.findIndex((change) => -change === figures.valueAtRisk)
  const shares =
    kind === 'var'
      ? pnl.map((_, scenario) => (scenario === quantile ? 1 : 0))
      : tailWeights(pnl, measures.expectedShortfall, shocks.weights)
  const heaviest = shares.indexOf(Math.max(...shares))
  const worst = { id: shocks.ids[heaviest] as string, loss, moves: [] }
  return {
    ...figures,
    measure: { loss, legs: weightedLegs(matrix, collateral.gainsOffset, shares), own, worst, rows: [] },
  }
}

/** `var` and `es`: the tail measure of past joint moves in the place of the worst scenario, charges as in the set. */
export function tailMargin(portfolio: Portfolio, kind: 'var' | 'es'): MarginReport {
  const valuation = valuate(portfolio, { market: false })
  const { measure, ...measures } = tailMeasures(valuation.account, kind)
  const needed = requirement(valuation, { scan: NO_LOSS, joint: measure, stress: NO_LOSS })
  return report(kind, valuation, balanceOf(valuation, true), needed, { measures })
}
