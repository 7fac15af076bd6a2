import { type AssetSymbol, assets } from '../assets'
import { contractCall } from '../chain/contractCall'
import type { Call } from '../chain/types'
import type { ByAsset, Exchange, Pool } from '../deploy/types'
import { sqrtPriceOf } from '../sqrtPrice'

/**
 * Trades with a pool until one base token costs `price` dollars where a quote token costs `quotePrice` (8 decimals each); does nothing when
 * it does already.
 */
export function swapTo({ operator }: Exchange, pool: Pool, price: bigint, quotePrice: bigint): Call {
  return contractCall(operator.address, operator, 'moveTo', [pool.address, sqrtPriceAt(pool, price, quotePrice)])
}

/** Trades with every pool until it agrees with the given prices (dollars with 8 decimals), as arbitrage would. */
export function arbitrage(exchange: Exchange, prices: ByAsset<bigint>): readonly Call[] {
  return Object.values(exchange.pools).map((pool) => swapTo(exchange, pool, prices[pool.base], prices[pool.quote]))
}

/** The pool's square root price at the given dollar prices of its base and quote token. */
export function sqrtPriceAt(
  { base, quote, isBaseFirst }: Pick<Pool, 'base' | 'quote' | 'isBaseFirst'>,
  price: bigint,
  quotePrice: bigint,
): bigint {
  // So many units of each are worth the same.
  const units = (symbol: AssetSymbol, other: bigint) => other * 10n ** BigInt(assets[symbol].decimals)
  const ofBase = units(base, quotePrice)
  const ofQuote = units(quote, price)
  return isBaseFirst ? sqrtPriceOf(ofBase, ofQuote) : sqrtPriceOf(ofQuote, ofBase)
}
