import type { ImpactPoint } from '../../../../engine/types'
import type { Facts } from '../../facts'
import { compare, type Decimal, formatDecimal, multiply, scaleDown } from '../decimal'
import { integerSquareRoot } from '../pools/integerSquareRoot'
import type { PoolSide } from '../pools/referencePool'
import { swapExactIn } from '../pools/swapExactIn'
import type { PriceBook } from '../priceBook'
import { exitRoutes } from './exitRoutes'
import { type Route, sellThrough } from './sellThrough'

/** What can be sold of an asset on the chain where most of it can. */
export interface ExitDepth {
  readonly chain: string
  /** USD that move the price by two percent, at the mark. */
  readonly depth2Percent: string
  /** Average impact by size, up to the first size that covers the account's total or the last one the market takes. */
  readonly impact: readonly ImpactPoint[]
}

/** USD. The first shows what the smallest sale costs; from the second on each size is a half, then a third more than the one before. */
const firstSize = 1n
const sizes = [
  firstSize,
  ...Array.from({ length: 22 }, (_, power) => [10_000n << BigInt(power), 15_000n << BigInt(power)]).flat(),
]

const impactDecimals = 12

/**
 * How an account's total of an asset could be sold on one chain: the one where two percent of price take the most.
 * @param total what the account holds of it over all chains, USD in units of 10^−8.
 * @returns `null` when no pool on any chain of the cut trades it.
 */
export function exitDepth(asset: string, total: bigint, facts: Facts, prices: PriceBook): ExitDepth | null {
  const candidates = Object.keys(facts.chains)
    .sort()
    .flatMap((chain) => {
      const found = depthOn(asset, chain, facts, prices)
      return found === null ? [] : [{ chain, ...found }]
    })
  const deepest = candidates.reduce<(typeof candidates)[number] | null>(
    (best, candidate) => (best === null || compare(candidate.depth, best.depth) > 0 ? candidate : best),
    null,
  )
  if (deepest === null) return null
  const { chain, depth, mark, decimals, routes } = deepest
  const wanted = sizes.findIndex((size) => size * 10n ** 8n >= total)
  const points: ImpactPoint[] = []
  for (const size of wanted < 0 ? sizes : sizes.slice(0, wanted + 1)) {
    const amount = (size * 10n ** BigInt(decimals + mark.decimals)) / mark.value
    const proceeds = bestProceeds(routes, amount, chain, prices)
    if (proceeds === null) break
    points.push({ value: String(size), impact: formatDecimal(impactOf(size, proceeds)) })
  }
  return {
    chain,
    depth2Percent: formatDecimal({ value: scaleDown(depth, 8), decimals: 8 }),
    // Not even the smallest sale: everything is lost in it.
    impact: points.length > 0 ? points : [{ value: String(firstSize), impact: '1' }],
  }
}

function depthOn(asset: string, chain: string, facts: Facts, prices: PriceBook) {
  const mark = prices.markOf(asset, chain)
  if (mark === null || mark.price === null || mark.price.value === 0n || mark.reasonCode !== null) return null
  const routes = exitRoutes(asset, chain, prices.poolsOf(chain), facts).filter(
    (route) => dollarsOf(route.at(-1)!, chain, prices) !== null,
  )
  const [first] = routes
  if (first === undefined) return null
  const amount = routes.map((route) => amountToFall(route[0]!)).reduce(larger)
  const { base } = first[0]!.decimals
  return { mark: mark.price, decimals: base, routes, depth: multiply({ value: amount, decimals: base }, mark.price) }
}

/** Raw units whose sale lowers a pool's price by two percent. */
function amountToFall({ pool, isFirst }: PoolSide): bigint {
  const square = pool.sqrtPrice * pool.sqrtPrice
  const limit = isFirst ? integerSquareRoot((square * 98n) / 100n) : integerSquareRoot((square * 100n) / 98n)
  return swapExactIn(pool, isFirst, 1n << 200n, limit).amountIn
}

function larger(one: bigint, other: bigint): bigint {
  return one > other ? one : other
}

/** The most that any route brings, USD; `null` when none takes all of it. */
function bestProceeds(routes: readonly Route[], amount: bigint, chain: string, prices: PriceBook): Decimal | null {
  return routes.reduce<Decimal | null>((best, route) => {
    const last = route.at(-1)!
    const price = dollarsOf(last, chain, prices)
    const value = price === null ? null : sellThrough(route, amount)
    if (value === null) return best
    const proceeds = multiply({ value, decimals: last.decimals.quote }, price!)
    return best === null || compare(proceeds, best) > 0 ? proceeds : best
  }, null)
}

function dollarsOf({ counterAsset }: PoolSide, chain: string, prices: PriceBook): Decimal | null {
  const mark = prices.markOf(counterAsset, chain)
  return mark === null || mark.reasonCode !== null ? null : mark.price
}

/** 1 − proceeds ÷ size, rounded up, within [0, 1]. */
function impactOf(size: bigint, proceeds: Decimal): Decimal {
  const one = 10n ** BigInt(impactDecimals)
  const kept = scaleDown(proceeds, impactDecimals) / size
  return { value: kept >= one ? 0n : one - kept, decimals: impactDecimals }
}
