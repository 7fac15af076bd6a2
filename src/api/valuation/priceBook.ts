import { assetsDown } from '../../math/vaultRates'
import type { AssetReference, Facts } from '../facts'
import { vaultTerms } from '../protocols/vaultTerms'
import { add, compare, type Decimal, multiply } from './decimal'
import { isBeyondLimit } from './deviationLimits'
import { createFeedPrices, noDeviation, type Quote } from './feedPrices'
import { oldestReadingSeconds } from './look-through/oldestReadingSeconds'
import { type Pool, readPools } from './pools/pool'
import { poolPrice } from './pools/poolPrice'
import { type PoolSide, referencePool } from './pools/referencePool'
import { sqrtPriceAtTick } from './pools/tickMath'
import { areSharesQuarantined } from './quarantine'

/** What an asset is valued at in USD, as it stands at the cut. */
export interface Mark extends Quote {
  /** What a wrapper can be exchanged for; `null` when it is none, or when that is not known. */
  readonly redemptionPrice: Decimal | null
  /** Independent sources that would all have to be wrong upwards. */
  readonly sources: number
}

/** A held asset is valued at the lowest of what is known of it, an owed one at the highest. */
export type Side = 'held' | 'owed'

export interface PriceBook {
  /** The mark of an asset for something on `chain`; `null` when nothing configured prices it. */
  markOf(asset: string, chain: string, side?: Side): Mark | null
  /** A price known only to a protocol's oracle. */
  oracleMark(asset: string, chain: string, protocol: string, feed: string): Mark
  /** The exchange pools of a chain. */
  poolsOf(chain: string): readonly Pool[]
}

/**
 * Marks of the cut. An asset that can be exchanged for another (`redeemsTo`) is worth the lower of what it redeems for and what it trades at, the higher
 * where it is owed; it trades at its pool's price where one is configured, else at its feed's. Any other asset is worth what its
 * feed says, refused when a pool's average says something very different.
 * @param time the cut, unix seconds.
 */
export function createPriceBook(facts: Facts, time: number): PriceBook {
  const feeds = createFeedPrices(facts, time)
  const pools = new Map(Object.entries(facts.chains).map(([chain, read]) => [chain, readPools(read, time)]))
  const poolsOf = (chain: string) => pools.get(chain) ?? []

  const plainMark = (asset: string, chain: string): Mark | null => {
    const quote = feeds.priceOf(asset, chain)
    if (quote === null) return null
    const reference = facts.reference.assets[asset]
    const side = reference === undefined ? null : referencePool(asset, chain, poolsOf(chain), facts)
    const mean = side === null ? null : meanPrice(side, chain)
    if (mean === null || quote.price === null) return { ...quote, ...single }
    const isAbsurd = isFarFrom(quote.price, mean, reference!)
    return isAbsurd
      ? { ...quote, ...single, price: null, reasonCode: 'PRICE_ABSURD' }
      : { ...quote, redemptionPrice: null, sources: 2 }
  }

  /** What a pool's average is worth in dollars; `null` while the other token has no price that can be used. */
  const meanPrice = ({ pool, isFirst, counterAsset, decimals }: PoolSide, chain: string): Decimal | null => {
    const counter = feeds.priceOf(counterAsset, chain)
    if (counter === null || counter.price === null || counter.reasonCode !== null) return null
    return multiply(poolPrice(sqrtPriceAtTick(pool.meanTick!), decimals, isFirst, 'down'), counter.price)
  }

  const tradedPrice = (asset: string, chain: string, side: Side): Quote | null => {
    const reference = referencePool(asset, chain, poolsOf(chain), facts)
    if (reference === null) return feeds.priceOf(asset, chain)
    const { pool, isFirst, counterAsset, decimals } = reference
    const counter = plainMark(counterAsset, chain)
    if (counter === null) return feeds.priceOf(asset, chain)
    const own = poolPrice(pool.sqrtPrice, decimals, isFirst, side === 'held' ? 'down' : 'up')
    const mean = poolPrice(sqrtPriceAtTick(pool.meanTick!), decimals, isFirst, 'down')
    const isAbsurd = isFarFrom(own, mean, facts.reference.assets[asset]!)
    const { price, updatedAt, ageSeconds, reasonCode, deviation } = counter
    return {
      asset,
      chain,
      source: `uniswap-v3:${pool.address}*${counter.source}`,
      price: price === null || isAbsurd ? null : multiply(own, price),
      updatedAt,
      ageSeconds,
      deviation,
      reasonCode: isAbsurd ? 'PRICE_ABSURD' : reasonCode,
    }
  }

  /** What the asset can be exchanged for: a rate, as a fact, times the mark of what comes out. */
  const redemption = (asset: string, chain: string, side: Side, outer: readonly string[]): Quote | null => {
    const { redeemsTo, tokens } = facts.reference.assets[asset]!
    const found = redeemsTo === null || outer.includes(asset) ? null : rateOf(redeemsTo.via, chain, tokens[chain])
    if (found === null || found.quotedIn === 'USD') return found?.rate ?? null
    const { rate } = found
    const underlying = resolve(redeemsTo!.asset, chain, side, [...outer, asset])
    if (underlying === null || rate.price === null)
      return { ...rate, asset, chain, price: null, reasonCode: rate.reasonCode ?? 'PRICE_MISSING' }
    return {
      asset,
      chain,
      source: `${rate.source}*${underlying.source}`,
      price: underlying.price === null ? null : multiply(rate.price, underlying.price),
      updatedAt: earlier(rate.updatedAt, underlying.updatedAt),
      ageSeconds: later(rate.ageSeconds, underlying.ageSeconds),
      deviation: add(rate.deviation, underlying.deviation),
      reasonCode: rate.reasonCode ?? underlying.reasonCode,
    }
  }

  const rateOf = (via: NonNullable<AssetReference['redeemsTo']>['via'], chain: string, token: string | undefined) => {
    if (via !== 'erc4626') return feeds.rateAt(via.proxy, chain)
    const found = vaultRate(facts, chain, token, time)
    const age = found?.ageSeconds ?? 0
    const isOld = age > oldestReadingSeconds
    const isDistrusted = areSharesQuarantined(facts.chains[chain] ?? {})
    const rate: Quote = {
      asset: `${token}`,
      chain,
      source: `erc4626:${token}`,
      price: found?.price ?? null,
      updatedAt: time - age,
      ageSeconds: age,
      deviation: noDeviation,
      reasonCode: isDistrusted ? 'QUARANTINED' : found === null ? 'PRICE_MISSING' : isOld ? 'PRICE_STALE' : null,
    }
    return { quotedIn: 'asset', rate }
  }

  const wrapperMark = (asset: string, chain: string, side: Side, outer: readonly string[]): Mark | null => {
    const traded = tradedPrice(asset, chain, side)
    const redeemed = redemption(asset, chain, side, outer)
    if (traded === null && redeemed === null) return null
    if (traded === null || redeemed === null) {
      const known = (traded ?? redeemed)!
      // One of the two is configured and cannot be read: the other alone may be far too high.
      return { ...known, ...single, reasonCode: known.reasonCode ?? 'PRICE_MISSING' }
    }
    const refused = [traded, redeemed].find(({ price, reasonCode }) => price === null || reasonCode !== null)
    if (refused !== undefined) return { ...refused, ...single }
    const isTradedLower = compare(traded.price!, redeemed.price!) < 0
    const chosen = isTradedLower === (side === 'held') ? traded : redeemed
    return { ...chosen, redemptionPrice: redeemed.price, sources: 2 }
  }

  /** @param outer wrappers this one was found in, so that one that redeems for itself ends. */
  function resolve(asset: string, chain: string, side: Side, outer: readonly string[]): Mark | null {
    const isWrapper = (facts.reference.assets[asset]?.redeemsTo ?? null) !== null
    return isWrapper ? wrapperMark(asset, chain, side, outer) : plainMark(asset, chain)
  }

  return {
    markOf: (asset, chain, side = 'held') => resolve(asset, chain, side, []),
    oracleMark: (asset, chain, protocol, feed) => ({ ...feeds.oraclePrice(asset, chain, protocol, feed), ...single }),
    poolsOf,
  }
}

function earlier(one: number | null, other: number | null): number | null {
  return one === null || other === null ? null : Math.min(one, other)
}

function later(one: number | null, other: number | null): number | null {
  return one === null || other === null ? null : Math.max(one, other)
}

const single = { redemptionPrice: null, sources: 1 }

function isFarFrom(price: Decimal, mean: Decimal, { class: kind }: AssetReference): boolean {
  const left = price.value * 10n ** BigInt(mean.decimals)
  const right = mean.value * 10n ** BigInt(price.decimals)
  return isBeyondLimit(left, right, kind)
}

/** Whole units of its asset that one whole share of a vault redeems for, rounded down; `null` when the facts do not say. */
function vaultRate(
  { chains }: Facts,
  chain: string,
  token: string | undefined,
  time: number,
): { readonly price: Decimal; readonly ageSeconds: number } | null {
  const facts = chains[chain]
  const vault = facts?.vaults.find((row) => row.vault === token)
  const share = facts?.tokens.find(({ address }) => address === token)
  const asset = facts?.tokens.find(({ address }) => address === vault?.asset)
  if (!facts || !vault || !share || !asset) return null
  const terms = vaultTerms(facts, vault, BigInt(time))
  if (terms.kind === 'unknown') return null
  // Priced for a million shares, so that rounding to the asset's last digit does not show.
  const amount = assetsDown(10n ** BigInt(share.decimals + 6), terms.rate)
  // A rate that follows from the facts is of the cut's own block.
  return { price: { value: amount, decimals: asset.decimals + 6 }, ageSeconds: terms.ageSeconds ?? 0 }
}
