import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Pool } from '../../../../../src/api/valuation/pools/pool'
import { swapExactIn } from '../../../../../src/api/valuation/pools/swapExactIn'
import { sqrtPriceAtTick } from '../../../../../src/api/valuation/pools/tickMath'

type Market = Pick<Pool, 'fee' | 'tickSpacing' | 'sqrtPrice' | 'tick' | 'liquidity' | 'ticks'>

/** A pool with a position over everything and a few more, standing at `tick`. */
function marketOf(
  tick: number,
  fee: bigint,
  tickSpacing: number,
  positions: readonly { readonly lower: number; readonly width: number; readonly liquidity: bigint }[],
): Market {
  const net = new Map<number, bigint>()
  let liquidity = 0n
  for (const position of positions) {
    const lower = position.lower * tickSpacing
    const upper = lower + position.width * tickSpacing
    net.set(lower, (net.get(lower) ?? 0n) + position.liquidity)
    net.set(upper, (net.get(upper) ?? 0n) - position.liquidity)
    if (lower <= tick && tick < upper) liquidity += position.liquidity
  }
  const ticks = [...net].map(([at, liquidityNet]) => ({ tick: at, liquidityNet })).sort((a, b) => a.tick - b.tick)
  return { fee, tickSpacing, sqrtPrice: sqrtPriceAtTick(tick), tick, liquidity, ticks }
}

const precision = 1n << 160n

/**
 * The same swap without a single rounding rule: from tick to tick with x = L ÷ √P and y = L·√P in 160 more binary digits, the fee taken
 * off what comes in.
 */
function ideal(market: Market, sellsFirst: boolean, amount: bigint): bigint {
  const fine = (sqrtPrice: bigint) => sqrtPrice * precision
  const q96 = (1n << 96n) * precision
  let left = (amount * precision * (1_000_000n - market.fee)) / 1_000_000n
  let price = fine(market.sqrtPrice)
  let { liquidity } = market
  let out = 0n
  const ahead = sellsFirst
    ? market.ticks.filter(({ tick }) => tick <= market.tick).reverse()
    : market.ticks.filter(({ tick }) => tick > market.tick)
  for (const { tick, liquidityNet } of ahead) {
    const end = fine(sqrtPriceAtTick(tick))
    const reserve = (at: bigint) => (liquidity * q96 * precision) / at
    const needed = sellsFirst ? reserve(end) - reserve(price) : (liquidity * (end - price)) / (1n << 96n)
    const isLast = needed >= left
    const next = !isLast
      ? end
      : sellsFirst
        ? (liquidity * q96 * precision) / (reserve(price) + left)
        : price + (left * (1n << 96n)) / liquidity
    out += sellsFirst ? (liquidity * (price - next)) / (1n << 96n) : reserve(price) - reserve(next)
    if (isLast) break
    left -= needed
    price = end
    liquidity += sellsFirst ? -liquidityNet : liquidityNet
  }
  return out / precision
}

const liquidity = fc.bigInt({ min: 10n ** 12n, max: 10n ** 24n })
const market = fc
  .record({
    tick: fc.integer({ min: -60_000, max: 60_000 }),
    terms: fc.constantFrom({ fee: 100n, spacing: 1 }, { fee: 500n, spacing: 10 }, { fee: 3000n, spacing: 60 }),
    base: liquidity,
    others: fc.array(
      fc.record({ offset: fc.integer({ min: -400, max: 400 }), width: fc.integer({ min: 1, max: 500 }), liquidity }),
      {
        maxLength: 5,
      },
    ),
  })
  .map(({ tick, terms: { fee, spacing }, base, others }) => {
    const centre = Math.floor(tick / spacing)
    const reach = Math.floor(40_000 / spacing)
    return marketOf(tick, fee, spacing, [
      { lower: centre - reach, width: 2 * reach, liquidity: base },
      ...others.map(({ offset, width, liquidity: own }) => ({ lower: centre + offset, width, liquidity: own })),
    ])
  })
const amount = fc.bigInt({ min: 1n, max: 10n ** 24n })

describe('a swap with an exact amount in', () => {
  it('gives what exact arithmetic gives, less what the pool rounds to itself at each stop', () => {
    fc.assert(
      fc.property(market, fc.boolean(), amount, (pool, sellsFirst, offered) => {
        const swap = swapExactIn(pool, sellsFirst, offered)
        fc.pre(swap.amountIn === offered)
        const exact = ideal(pool, sellsFirst, offered)
        expect(swap.amountOut <= exact).toBe(true)
        // What one raw unit of the fee and of each rounded price is worth at the most, and a thousand stops.
        const square = pool.sqrtPrice * pool.sqrtPrice
        const price = sellsFirst ? square >> 192n : (1n << 192n) / square
        const most = pool.ticks.reduce((sum, { liquidityNet }) => (liquidityNet > 0n ? sum + liquidityNet : sum), 0n)
        const ofPrice = sellsFirst ? most >> 96n : (most << 96n) / square
        expect(exact - swap.amountOut <= 2_000n * (price + ofPrice + 3n)).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  it('never gives less for more, nor more for the same amount in two parts, nor anything back on the way home', () => {
    fc.assert(
      fc.property(market, fc.boolean(), amount, amount, (pool, sellsFirst, first, second) => {
        const one = swapExactIn(pool, sellsFirst, first)
        const both = swapExactIn(pool, sellsFirst, first + second)
        expect(both.amountOut >= one.amountOut).toBe(true)
        expect(both.amountIn >= one.amountIn).toBe(true)
        expect(sellsFirst ? both.sqrtPrice <= pool.sqrtPrice : both.sqrtPrice >= pool.sqrtPrice).toBe(true)
        const back = swapExactIn(pool, !sellsFirst, one.amountOut)
        // From where it stood before, so the way back is as good as it can be: fee and rounding are lost twice.
        expect(back.amountOut <= one.amountIn).toBe(true)
      }),
      { numRuns: 200 },
    )
  })

  it('stops where the liquidity ends and says how much was taken', () => {
    const pool = marketOf(0, 3000n, 60, [{ lower: -10, width: 20, liquidity: 10n ** 20n }])
    const swap = swapExactIn(pool, true, 10n ** 40n)
    expect(swap.amountIn < 10n ** 40n).toBe(true)
    expect(swap.sqrtPrice).toBe(sqrtPriceAtTick(-600))
    expect(swapExactIn(pool, true, swap.amountIn).amountOut).toBe(swap.amountOut)
  })
})
