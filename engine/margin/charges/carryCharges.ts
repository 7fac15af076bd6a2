import { yearsTo } from '../../resolve/time'
import { optionModelValue } from '../../scenario/optionModelValue'
import type { ChargeRule, Instrument, ResolvedUnderlying } from '../../types'
import { isExpired } from '../exposures'
import type { ChargeContext, Charged } from './chargeContext'

type Rule<K extends ChargeRule['kind']> = Extract<ChargeRule, { kind: K }>

const HOURS_PER_FUNDING = 8

/** Largest |quantity| of one underlying's perps after no, all buy or all sell orders have been filled. */
function worstPerpQuantity(instruments: readonly Instrument[]): number {
  let net = 0
  let buys = 0
  let sells = 0
  for (const row of instruments) {
    if (row.kind !== 'perp') continue
    net += row.quantity
    for (const { quantity } of row.orders) {
      if (quantity > 0) buys += quantity
      else sells += quantity
    }
  }
  return Math.max(Math.abs(net), Math.abs(net + buys), Math.abs(net + sells))
}

/** Funding over the hours at the known rate or the default, whichever is larger, taken to be against the account. */
export function funding(rule: Rule<'funding'>, { account }: ChargeContext): Charged {
  let initial = 0
  for (const underlying of account.market.assets.values()) {
    const own = account.instruments.filter((row) => row.underlying === underlying.asset)
    const rate = Math.max(Math.abs(underlying.fundingRate ?? 0), rule.defaultRate)
    initial += worstPerpQuantity(own) * underlying.perpMarkPrice * rate * (rule.hours / HOURS_PER_FUNDING)
  }
  return { initial, maintenance: rule.maintenance * initial }
}

/** Fee of closing every position: |quantity|·index·rate. */
export function fee(rule: Rule<'fee'>, { account }: ChargeContext): Charged {
  const notional = account.instruments
    .filter((row) => !isExpired(row, account.at))
    .reduce((sum, row) => {
      const { indexPrice } = account.market.assets.get(row.underlying) as ResolvedUnderlying
      return sum + Math.abs(row.quantity) * indexPrice
    }, 0)
  return { initial: notional * rule.rate, maintenance: notional * rule.rate }
}

/** What the options of each underlying lose in the given days when nothing else moves. */
export function timeDecay(rule: Rule<'timeDecay'>, { account }: ChargeContext): Charged {
  const { market, instruments, at } = account
  const changes = new Map<string, number>()
  for (const row of instruments) {
    if (row.kind !== 'option' || isExpired(row, at)) continue
    const underlying = market.assets.get(row.underlying) as ResolvedUnderlying
    const later = Math.min(row.expiry, at + rule.days * 86_400)
    // The forward is kept: only time passes.
    const aged = { ...row, expiry: row.expiry - (later - at) }
    const expiries = underlying.expiries.map((expiry) =>
      expiry.expiry === row.expiry ? { ...expiry, expiry: aged.expiry } : expiry,
    )
    const change = optionModelValue(aged, { ...underlying, expiries }, at) - optionModelValue(row, underlying, at)
    changes.set(row.underlying, (changes.get(row.underlying) ?? 0) + row.quantity * change)
  }
  let initial = 0
  for (const change of changes.values()) initial += Math.max(0, -change)
  return { initial, maintenance: initial }
}

/** |Σ delta·index·annualised·years to expiry| per underlying: every forward moves by the same annualised basis. */
export function calendarBasis(rule: Rule<'calendarBasis'>, { account, positions }: ChargeContext): Charged {
  const shifts = new Map<string, number>()
  for (const row of positions) {
    const instrument = account.instruments.find(({ id }) => id === row.id)
    if (instrument === undefined || (instrument.kind !== 'option' && instrument.kind !== 'future')) continue
    const { indexPrice } = account.market.assets.get(row.underlying) as ResolvedUnderlying
    const shift = row.delta * indexPrice * rule.annualised * yearsTo(instrument.expiry, account.at)
    shifts.set(row.underlying, (shifts.get(row.underlying) ?? 0) + shift)
  }
  let initial = 0
  for (const shift of shifts.values()) initial += Math.abs(shift)
  return { initial, maintenance: initial }
}
