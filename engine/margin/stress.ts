import { accountPnl, legContributions } from '../scenario/accountPnl'
import { crashShocks, curatorIds } from '../scenario/crashShocks'
import { type LegMatrix, stackLegs } from '../scenario/legs'
import { emptyShocks, type Shocks } from '../scenario/shocks'
import { unitLeg } from '../scenario/unitLegs'
import type { Account } from './account'
import { type Measure, NO_LOSS, ownLosses, worstLoss } from './measure'
import { revalue } from './revalue'

/** A leg lost altogether when its curator fails. */
function curatorLegs(account: Account, curators: readonly string[]): LegMatrix {
  const shocks = emptyShocks(null, curators, account.factors.list.length, new Float64Array(curators.length).fill(1))
  const count = curators.length
  const unmoved = revalue({ ...account, instruments: [], holdings: [], units: [], cash: [] }, shocks)
  const holdings = account.holdings.map(({ holding, credit }) => ({
    legs: [{ id: holding.id, kind: 'collateral' as const, riskGroup: holding.riskGroup }],
    scenarios: count,
    pnl: Float64Array.from(curators, (curator) => (holding.curator === curator ? -credit : 0)),
  }))
  const units = account.units.map((credited) => {
    const lost = (curator: string) => credited.unit.collateral.some((leg) => leg.curator === curator)
    const left = Float64Array.from(curators, (curator) => (lost(curator) ? 0 : credited.credit))
    return unitLeg(credited, left, '*')
  })
  return stackLegs([unmoved, ...holdings, ...units], count)
}

function worstOf(
  account: Account,
  matrix: LegMatrix,
  ids: readonly string[],
  shocks: Shocks | null,
  weight: number,
): Measure {
  const { gainsOffset } = account.parameters.collateral
  const pnl = accountPnl(matrix, gainsOffset)
  let worst = -1
  for (let index = 0; index < pnl.length; index += 1) {
    if ((pnl[index] as number) < (worst < 0 ? 0 : (pnl[worst] as number))) worst = index
  }
  const weights = new Float64Array(ids.length).fill(weight)
  const own = ownLosses(matrix, (change) => worstLoss(change, weights))
  const rows = ids.map((id, index) => ({ id, riskGroup: '*', pnl: pnl[index] as number, weight }))
  if (worst < 0) return { ...NO_LOSS, own, rows }
  const parts = legContributions(matrix, gainsOffset, worst)
  const loss = -weight * (pnl[worst] as number)
  const moves =
    shocks === null
      ? []
      : account.factors.list
          .map((factor, row) => ({
            riskGroup: factor.asset,
            price: (shocks.price[row * shocks.count + worst] as number) - 1,
            vol: shocks.vol[row * shocks.count + worst] as number,
          }))
          .filter((move) => move.price !== 0)
  return {
    loss,
    legs: new Map(matrix.legs.map((leg, index) => [leg.id, -weight * (parts[index] as number)])),
    own,
    worst: { id: ids[worst] as string, loss, moves },
    rows,
  }
}

/** Weighted loss of the worst named crash or the worst single curator's failure. */
export function stress(account: Account): Measure {
  const rule = account.parameters.stress
  if (rule === null) return NO_LOSS
  const shocks = crashShocks(rule.crashes, account.factors)
  const crashes = worstOf(account, revalue(account, shocks), shocks.ids, shocks, rule.weight)
  const curators = curatorIds([
    ...account.holdings.map(({ holding }) => holding.curator),
    ...account.units.flatMap(({ unit }) => unit.collateral.map((leg) => leg.curator)),
  ])
  if (curators.length === 0) return crashes
  const ids = curators.map((curator) => `curator:${curator}`)
  const failures = worstOf(account, curatorLegs(account, curators), ids, null, rule.curatorWeight)
  const rows = [...crashes.rows, ...failures.rows]
  const own = new Map([...crashes.own].map(([id, loss]) => [id, Math.max(loss, failures.own.get(id) ?? 0)]))
  return { ...(failures.loss > crashes.loss ? failures : crashes), own, rows }
}
