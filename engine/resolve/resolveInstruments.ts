import { BadTypeError, MissingMarketDataError } from '../errors'
import { impliedVol } from '../pricing/impliedVol'
import type {
  Future,
  Instrument,
  Option,
  Perp,
  ResolvedExpiry,
  ResolvedMarket,
  ResolvedOrder,
  ResolvedUnderlying,
  ShortSpot,
} from '../types'
import type { ReadPosition } from './readInput'
import { child } from './schema'
import { growthFactor, yearsTo } from './time'

/** The expiry's own market, or a flat forward without rates where the venue gave none. */
export function expiryOf(underlying: ResolvedUnderlying, expiry: number): ResolvedExpiry {
  const found = underlying.expiries.find((candidate) => candidate.expiry === expiry)
  if (found !== undefined) return found
  return {
    expiry,
    forward: underlying.indexPrice,
    rate: 0,
    vol: null,
    forwardConfidence: 1,
    rateConfidence: 1,
    volConfidence: 1,
  }
}

/** A term of the contract itself: without it the position is malformed, whatever the market. */
function stated<T>(value: T | null, pointer: string, what: string): T {
  if (value === null) throw new BadTypeError(pointer, what)
  return value
}

function underlyingOf(source: ReadPosition, market: ResolvedMarket, pointer: string): ResolvedUnderlying {
  const found = market.assets.get(source.underlying)
  if (found !== undefined && found.indexPrice > 0 && found.markPrice > 0) return found
  const where = child('/marketData/assets', source.underlying)
  throw new MissingMarketDataError(`${where}/indexPrice`, `a positive price, needed by ${pointer}`)
}

/** Units of the underlying in `stated` contracts: an inverse contract is stated in USD of notional. */
function unitsOf(source: ReadPosition, stated: number, price: number): number {
  return source.settlement === 'inverse' && source.kind !== 'option' ? stated / price : stated
}

/** A mark of 0 is no price: a contract cannot be valued, nor inverted, at it. */
function marked(price: number, pointer: string): number {
  if (price > 0) return price
  throw new MissingMarketDataError(`${pointer}/markPrice`, 'a positive mark price of the contract')
}

/** Premiums of inverse options are stated in the underlying. */
function premiumInUsd(source: ReadPosition, premium: number, underlying: ResolvedUnderlying): number {
  return source.settlement === 'inverse' ? premium * underlying.indexPrice : premium
}

function resolveOrders(source: ReadPosition, underlying: ResolvedUnderlying): readonly ResolvedOrder[] {
  return source.openOrders.map((order) => ({
    quantity: unitsOf(source, order.side === 'buy' ? order.quantity : -order.quantity, order.price),
    price: source.kind === 'option' ? premiumInUsd(source, order.price, underlying) : order.price,
  }))
}

function resolveOption(
  source: ReadPosition,
  underlying: ResolvedUnderlying,
  at: number,
  pointer: string,
): Pick<Option, 'kind' | 'strike' | 'isCall' | 'expiry' | 'markPremium' | 'vol'> {
  const strike = stated(source.strike, `${pointer}/strike`, 'the strike of the option')
  const isCall = stated(source.optionType, `${pointer}/optionType`, 'call or put') === 'call'
  const expiry = stated(source.expiry, `${pointer}/expiry`, 'the expiry of the option')
  const { forward, rate, vol } = expiryOf(underlying, expiry)
  const timeToExpiry = yearsTo(expiry, at)
  const markPremium = source.markPrice === null ? null : premiumInUsd(source, source.markPrice, underlying)
  const terms = { kind: 'option', strike, isCall, expiry, markPremium } as const
  if (timeToExpiry === 0) return { ...terms, vol: 0 }
  if (source.impliedVol !== null) return { ...terms, vol: source.impliedVol }
  if (markPremium !== null) {
    const undiscounted = markPremium * growthFactor(rate, timeToExpiry)
    const implied = impliedVol(isCall, undiscounted, forward, strike, timeToExpiry)
    if (implied.kind === 'vol') return { ...terms, vol: implied.vol }
  }
  const known = vol ?? underlying.vol
  if (known !== null) return { ...terms, vol: known }
  const what = 'a volatility: impliedVol, a markPrice within arbitrage bounds, or the vol of the expiry or asset'
  throw new MissingMarketDataError(`${pointer}/impliedVol`, what)
}

/**
 * Resolves one derivative (or borrowed spot) position. Inverse contracts become units of the underlying, inverse premiums USD.
 * @throws BadTypeError when a term of the contract is absent, MissingMarketDataError when it cannot be valued.
 */
export function resolveInstrument(
  source: ReadPosition,
  market: ResolvedMarket,
  at: number,
  pointer: string,
): Instrument {
  const underlying = underlyingOf(source, market, pointer)
  const terms = {
    id: source.id,
    underlying: source.underlying,
    riskGroup: underlying.riskGroup,
    subAccount: source.subAccount,
    statedQuantity: source.quantity,
    orders: resolveOrders(source, underlying),
    published: market.riskArrays.get(source.id) ?? null,
  }
  switch (source.kind) {
    case 'spot':
      return { ...terms, kind: 'spot', quantity: source.quantity, markPrice: underlying.markPrice } satisfies ShortSpot
    case 'option':
      return { ...terms, ...resolveOption(source, underlying, at, pointer), quantity: source.quantity } satisfies Option
    case 'perp': {
      const markPrice = marked(source.markPrice ?? underlying.perpMarkPrice, pointer)
      const entryPrice = source.entryPrice ?? markPrice
      const quantity = unitsOf(source, source.quantity, entryPrice)
      return { ...terms, kind: 'perp', quantity, entryPrice, markPrice } satisfies Perp
    }
    case 'future': {
      const expiry = stated(source.expiry, `${pointer}/expiry`, 'the expiry of the future')
      const markPrice = marked(source.markPrice ?? expiryOf(underlying, expiry).forward, pointer)
      const entryPrice = source.entryPrice ?? markPrice
      const quantity = unitsOf(source, source.quantity, entryPrice)
      return { ...terms, kind: 'future', quantity, entryPrice, markPrice, expiry } satisfies Future
    }
  }
}
