import { discountFactor } from '../pricing/discountFactor'
import { expiryOf } from '../resolve/resolveInstruments'
import { yearsTo } from '../resolve/time'
import { groupHead, scenarioSetOf } from '../scenario/gridShocks'
import { expiryDiscount } from '../scenario/optionDiscount'
import type { ExpiryRow, ResolvedUnderlying } from '../types'
import type { Account } from './account'
import { basisLegs } from './basis'

function rowOfExpiry(account: Account, underlying: ResolvedUnderlying, expiry: number): ExpiryRow {
  const { at, market, parameters, factors, instruments } = account
  const set = scenarioSetOf(parameters, groupHead(underlying.riskGroup, factors, parameters))
  const { forward, rate } = expiryOf(underlying, expiry)
  const years = yearsTo(expiry, at)
  const discount = expiryDiscount(set.optionDiscount, rate, years)
  const own = instruments.filter(
    (row) =>
      (row.kind === 'option' || row.kind === 'future') && row.underlying === underlying.asset && row.expiry === expiry,
  )
  const basis = basisLegs(market, at, own, set)
  return {
    underlying: underlying.asset,
    expiry,
    forward,
    discountFactor: discountFactor(rate, years),
    assetDiscount: discount.asset,
    liabilityDiscount: discount.liability,
    basisPnl: basis === null ? 0 : basis.pnl.reduce((sum, change) => sum + change, 0),
  }
}

/** Every expiry which the market data or a position names, by underlying and time; what has expired moves no more. */
export function expiryRows(account: Account): readonly ExpiryRow[] {
  const rows: ExpiryRow[] = []
  for (const underlying of account.market.assets.values()) {
    const expiries = new Set(underlying.expiries.map(({ expiry }) => expiry))
    for (const row of account.instruments) {
      if ((row.kind === 'option' || row.kind === 'future') && row.underlying === underlying.asset)
        expiries.add(row.expiry)
    }
    for (const expiry of [...expiries].sort((one, other) => one - other)) {
      rows.push(rowOfExpiry(account, underlying, expiry))
    }
  }
  return rows
}
