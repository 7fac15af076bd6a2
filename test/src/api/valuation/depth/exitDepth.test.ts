import { describe, expect, it } from 'vitest'
import type { AssetReference, ChainFacts, Facts } from '../../../../../src/api/facts'
import { poolReachTicks } from '../../../../../src/api/read/poolWindow'
import { exitDepth } from '../../../../../src/api/valuation/depth/exitDepth'
import { createPriceBook } from '../../../../../src/api/valuation/priceBook'
import { poolFacts } from '../../support/poolFacts'

const time = 1_000_000
const stamp = { blockNumber: '1' }
const unit = 10n ** 18n
const usd = (dollars: number) => BigInt(dollars) * 10n ** 8n
const asset = (kind: string): AssetReference => ({
  class: kind,
  riskGroup: kind,
  issuer: null,
  redeemsTo: null,
  tokens: {},
  bridge: {},
})
const tokenOf = { A: '0xa', B: '0xb', USDC: '0xu' }

/** A, B and USDC cost a dollar each; every pool stands at one for one. */
const chainWith = (...pools: Parameters<typeof poolFacts>[1][]): ChainFacts => ({
  tokens: Object.entries(tokenOf).map(([symbol, address]) => ({ ...stamp, address, symbol, decimals: 18 })),
  markets: [],
  marketStates: [],
  marketParameters: [],
  positions: [],
  lendingAccounts: [],
  vaults: [],
  vaultStates: [],
  feeds: Object.keys(tokenOf).map((feed) => ({ ...stamp, feed, base: '', quote: '', decimals: 8, heartbeat: '3600' })),
  prices: Object.keys(tokenOf).map((feed) => ({
    ...stamp,
    feed,
    round: '1',
    answer: '100000000',
    updatedAt: String(time),
    status: 'ok',
  })),
  ...poolFacts(time, ...pools),
})
const pool = (address: string, token0: string, token1: string, liquidity: bigint, reach = 20_000) => ({
  pool: address,
  token0,
  token1,
  tick: 0,
  liquidity: liquidity * unit,
  reach,
})

function depth(name: string, total: bigint, chains: Facts['chains']) {
  const names = Object.keys(chains)
  const facts: Facts = {
    reference: {
      assets: Object.fromEntries(
        Object.entries(tokenOf).map(([symbol, token]) => [
          symbol,
          {
            ...asset(symbol === 'USDC' ? 'majorStable' : 'major'),
            tokens: Object.fromEntries(names.map((chain) => [chain, token])),
          },
        ]),
      ),
      feeds: names.flatMap((chain) =>
        Object.keys(tokenOf).map((feed) => ({
          chain,
          feed,
          base: feed,
          quote: 'USD',
          heartbeatSeconds: 3_600,
          band: null,
        })),
      ),
    },
    chains,
  }
  return exitDepth(name, total, facts, createPriceBook(facts, time))
}

const impacts = (found: ReturnType<typeof depth>) => found!.impact.map(({ impact }) => Number(impact))
const last = (found: ReturnType<typeof depth>) => impacts(found).at(-1)!

/** Facts as they are read: nothing beyond the reach of a pool's price. */
const withinReach = (facts: ChainFacts): ChainFacts => ({
  ...facts,
  poolTicks: facts.poolTicks.filter(({ tick }) => Math.abs(tick) <= poolReachTicks),
})

describe('exit depth', () => {
  it('is unknown where nothing trades', () => {
    expect(depth('A', usd(1), { alpha: chainWith() })).toBeNull()
    expect(depth('A', usd(1), { alpha: chainWith(pool('0x1', '0xb', '0xu', 10_000n)) })).toBeNull()
  })

  it('costs the fee and what a constant product costs, and more for more', () => {
    const found = depth('A', usd(1_000_000), { alpha: chainWith(pool('0x1', '0xa', '0xu', 10_000_000n)) })
    expect(impacts(found)).toEqual([...impacts(found)].sort((a, b) => a - b))
    expect(impacts(found)[0]).toBeCloseTo(0.0005, 6)
    // Selling q to reserves of L and L brings L·q′ ÷ (L + q′), q′ being q less the fee.
    for (const { value, impact } of found!.impact) {
      const kept = Number(value) * 0.9995
      expect(Number(impact)).toBeCloseTo(1 - (1e7 * kept) / (1e7 + kept) / Number(value), 9)
    }
    expect(Number(found!.impact.at(-1)!.value)).toBeGreaterThanOrEqual(1_000_000)
    // √(1 ÷ 0.98) of the reserves, and the fee.
    expect(Number(found!.depth2Percent)).toBeCloseTo((1e7 * (1 / Math.sqrt(0.98) - 1)) / 0.9995, 2)
  })

  it('is the same whichever token comes first', () => {
    const one = depth('A', usd(500_000), { alpha: chainWith(pool('0x1', '0xa', '0xu', 9_000_000n)) })
    const other = depth('A', usd(500_000), { alpha: chainWith(pool('0x1', '0xu', '0xa', 9_000_000n)) })
    expect(last(one)).toBeCloseTo(last(other), 9)
  })

  it('goes on to a stablecoin through what the asset trades against', () => {
    const only = [pool('0x1', '0xa', '0xb', 10_000_000n)] as const
    const whole = depth('A', usd(100_000), { alpha: chainWith(...only, pool('0x2', '0xb', '0xu', 10_000_000n)) })
    const part = depth('A', usd(100_000), { alpha: chainWith(...only) })
    expect(last(whole)).toBeGreaterThan(1.9 * last(part))
  })

  it('ends where the pools end', () => {
    const found = depth('A', usd(10_000_000), { alpha: chainWith(pool('0x1', '0xa', '0xu', 10_000_000n, 100)) })
    // A hundred ticks of ten million: about fifty thousand.
    expect(Number(found!.impact.at(-1)!.value)).toBe(40_000)
  })

  it('takes the better of two pools, and the deeper of two chains, never both', () => {
    const thin = pool('0x1', '0xa', '0xu', 1_000_000n)
    const deep = pool('0x2', '0xa', '0xu', 8_000_000n)
    const [a, b] = [{ alpha: chainWith(thin) }, { alpha: chainWith(deep) }]
    const best = last(depth('A', usd(300_000), b))
    expect(best).toBeLessThan(last(depth('A', usd(300_000), a)))
    expect(last(depth('A', usd(300_000), { alpha: chainWith(thin, deep) }))).toBe(best)
    const both = depth('A', usd(300_000), { alpha: chainWith(thin), beta: chainWith(deep) })
    expect(both?.chain).toBe('beta')
    expect(last(both)).toBe(best)
  })

  it('ends where a pool’s price has halved, whatever lies beyond, so that it need not be read', () => {
    const deep = chainWith(pool('0xp1', '0xa', '0xu', 1_000_000n))
    const found = depth('A', usd(1_000_000_000), { alpha: deep })!
    expect(depth('A', usd(1_000_000_000), { alpha: withinReach(deep) })).toEqual(found)
    // Of a pool that stands at one for one, selling L·(√2 − 1) halves the price; its fee comes on top.
    const most = (1_000_000 * (Math.SQRT2 - 1)) / (1 - 0.0005)
    const largest = Number(found.impact.at(-1)!.value)
    expect(largest).toBeLessThanOrEqual(most)
    expect(largest).toBeGreaterThan(most / 2)
  })
})
