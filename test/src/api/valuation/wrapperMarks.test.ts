import { describe, expect, it } from 'vitest'
import type { AssetReference, ChainFacts, Facts } from '../../../../src/api/facts'
import { formatDecimal } from '../../../../src/api/valuation/decimal'
import { createPriceBook, type Side } from '../../../../src/api/valuation/priceBook'
import { poolFacts } from '../support/poolFacts'

const time = 1_000_000
const stamp = { blockNumber: '1' }
const dollars = 10n ** 8n

const asset = (kind: string, token: string, redeemsTo: AssetReference['redeemsTo'] = null): AssetReference => ({
  class: kind,
  riskGroup: kind === 'majorStable' ? 'USD' : 'ETH',
  issuer: null,
  redeemsTo,
  tokens: { alpha: token },
  bridge: {},
})

interface World {
  /** Of wstETH ÷ WETH; 1.0001^1823 is 1.2. */
  readonly poolTick: number
  readonly meanTick?: number | null
  /** Ether per wstETH. */
  readonly rate: number | null
  readonly feed?: number
  readonly ether?: number
  readonly etherMeanTick?: number | null
  /** wstETH is a vault that redeems for ether; its state, instead of the rate's feed. */
  readonly vault?: Partial<ChainFacts['vaultStates'][number]>
  readonly shape?: 'standard' | 'solmate'
}

/** WETH at 2500 unless said otherwise, 1 USDC = 1 $. */
function book(world: World) {
  const {
    poolTick,
    meanTick = poolTick,
    rate,
    feed = 3_000,
    ether = 2_500,
    etherMeanTick,
    vault,
    shape = 'standard',
  } = world
  const answers = [
    { feed: '0xeth', answer: BigInt(ether) * dollars, decimals: 8 },
    { feed: '0xusd', answer: dollars, decimals: 8 },
    { feed: '0xwst', answer: BigInt(feed) * dollars, decimals: 8 },
    ...(rate === null ? [] : [{ feed: '0xrate', answer: BigInt(rate * 1e6) * 10n ** 12n, decimals: 18 }]),
  ]
  const alpha: ChainFacts = {
    tokens: [
      { ...stamp, address: '0xe', symbol: 'WETH', decimals: 18 },
      { ...stamp, address: '0xu', symbol: 'USDC', decimals: 18 },
      { ...stamp, address: '0xw', symbol: 'wstETH', decimals: 18 },
    ],
    markets: [],
    marketStates: [],
    marketParameters: [],
    positions: [],
    lendingAccounts: [],
    vaults:
      vault === undefined
        ? []
        : [{ ...stamp, vault: '0xw', asset: '0xe', offset: 0, shape, curator: null, market: null }],
    vaultStates:
      vault === undefined
        ? []
        : [{ ...stamp, vault: '0xw', totalAssets: '0', totalSupply: '0', status: 'ok', ...vault }],
    feeds: answers.map((row) => ({
      ...stamp,
      feed: row.feed,
      base: '',
      quote: '',
      decimals: row.decimals,
      heartbeat: '0',
    })),
    prices: answers.map((row) => ({
      ...stamp,
      feed: row.feed,
      round: '1',
      answer: String(row.answer),
      updatedAt: String(time - 10),
      status: 'ok',
    })),
    ...poolFacts(
      time,
      { pool: '0xp1', token0: '0xw', token1: '0xe', tick: poolTick, meanTick, liquidity: 10n ** 24n },
      ...(etherMeanTick === undefined
        ? []
        : [
            {
              pool: '0xp2',
              token0: '0xe',
              token1: '0xu',
              tick: 78_244,
              meanTick: etherMeanTick,
              liquidity: 10n ** 24n,
            },
          ]),
    ),
  }
  const feedOf = (feed: string, base: string, quote = 'USD') => ({
    chain: 'alpha',
    feed,
    base,
    quote,
    heartbeatSeconds: 3_600,
    band: null,
  })
  const facts: Facts = {
    reference: {
      assets: {
        WETH: asset('major', '0xe'),
        USDC: asset('majorStable', '0xu'),
        wstETH: asset('lst', '0xw', { asset: 'WETH', via: vault === undefined ? { proxy: '0xrate' } : 'erc4626' }),
      },
      feeds: [
        feedOf('0xeth', 'WETH'),
        feedOf('0xrate', 'wstETH', 'WETH'),
        feedOf('0xusd', 'USDC'),
        feedOf('0xwst', 'wstETH'),
      ],
    },
    chains: { alpha },
  }
  const prices = createPriceBook(facts, time)
  const mark = (name: string, side?: Side) => prices.markOf(name, 'alpha', side)
  return { mark, price: (name: string, side?: Side) => Number(formatDecimal(mark(name, side)!.price!)) }
}

describe('the mark of a wrapper', () => {
  it('is what it trades at when that is below what it redeems for, and the other way round where it is owed', () => {
    const { mark, price } = book({ poolTick: 1_823, rate: 1.25 })
    expect(price('wstETH')).toBeCloseTo(3_000, -1)
    expect(price('wstETH', 'owed')).toBe(3_125)
    expect(mark('wstETH')).toMatchObject({ sources: 2, reasonCode: null, source: 'uniswap-v3:0xp1*chainlink:0xeth' })
    expect(mark('wstETH', 'owed')?.source).toBe('chainlink:0xrate*chainlink:0xeth')
    expect(Number(formatDecimal(mark('wstETH')!.redemptionPrice!))).toBe(3_125)
  })

  it('is what it redeems for when it trades above', () => {
    const { price } = book({ poolTick: 2_500, rate: 1.25 })
    expect(price('wstETH')).toBe(3_125)
    expect(price('wstETH', 'owed')).toBeGreaterThan(3_200)
  })

  it('does not follow its own feed where a pool says what it trades at', () => {
    const [low, high] = [
      book({ poolTick: 1_823, rate: 1.25, feed: 1_000 }),
      book({ poolTick: 1_823, rate: 1.25, feed: 9_000 }),
    ]
    expect(low.price('wstETH')).toBe(high.price('wstETH'))
  })

  it('follows its feed, but never above redemption, while the pool is too young for an average', () => {
    expect(book({ poolTick: 1_823, meanTick: null, rate: 1.25, feed: 2_900 }).price('wstETH')).toBe(2_900)
    expect(book({ poolTick: 1_823, meanTick: null, rate: 1.25, feed: 9_000 }).price('wstETH')).toBe(3_125)
  })

  it('is refused far from the pool’s average, and without a rate', () => {
    expect(book({ poolTick: 1_823, meanTick: 4_000, rate: 1.25 }).mark('wstETH')).toMatchObject({
      price: null,
      reasonCode: 'PRICE_ABSURD',
    })
    expect(book({ poolTick: 1_823, meanTick: 1_000, rate: 1.25 }).mark('wstETH')?.reasonCode).toBeNull()
    expect(book({ poolTick: 1_823, rate: null }).mark('wstETH')?.reasonCode).toBe('PRICE_MISSING')
  })
})

describe('the mark of a wrapper that is a vault', () => {
  const ether = 10n ** 18n
  const known = { totalAssets: String(1_250n * ether - 1n), totalSupply: String(1_000n * ether - 1n) }

  it('rests on what the vault redeems for at the very instant', () => {
    const { mark, price } = book({ poolTick: 2_500, rate: null, vault: known })
    expect(price('wstETH')).toBe(3_125)
    expect(mark('wstETH')).toMatchObject({ source: 'erc4626:0xw*chainlink:0xeth', reasonCode: null })
    expect(book({ poolTick: 1_823, rate: null, vault: known }).price('wstETH')).toBeCloseTo(3_000, -1)
  })

  it('says how old a rate is that the vault was asked for, and does not believe it for ever', () => {
    const said = { status: 'interval', viewAssets: '125', viewSupply: '100' }
    const young = book({ poolTick: 2_500, rate: null, vault: { ...said, readAt: String(time - 60) } })
    expect(young.mark('wstETH')).toMatchObject({ ageSeconds: 60, reasonCode: null })
    expect(young.price('wstETH')).toBe(3_125)
    const old = book({ poolTick: 2_500, rate: null, vault: { ...said, readAt: String(time - 7_200) } })
    expect(old.mark('wstETH')).toMatchObject({ reasonCode: 'PRICE_STALE' })
  })

  it('is missing when the vault cannot be valued', () => {
    const vault = { ...known, status: 'totalAssets() or convertToAssets() reverts' }
    expect(book({ poolTick: 2_500, rate: null, vault }).mark('wstETH')?.reasonCode).toBe('PRICE_MISSING')
  })

  it('is a number where the vault is empty: the first share is worth a unit, and what is left of nothing is nothing', () => {
    const zero = { totalAssets: '0', totalSupply: '0' }
    expect(book({ poolTick: 2_500, rate: null, vault: zero }).price('wstETH')).toBe(2_500)
    const hollow = { totalAssets: '0', totalSupply: String(1_000n * ether) }
    for (const shape of ['standard', 'solmate'] as const) {
      const { mark, price } = book({ poolTick: 2_500, rate: null, vault: hollow, shape })
      // Of the virtual unit there is, for every share.
      expect(price('wstETH'), shape).toBeCloseTo(0, 12)
      expect(mark('wstETH')?.reasonCode, shape).toBeNull()
    }
  })
})

describe('the mark of anything else', () => {
  it('is its feed’s, confirmed by the pool’s average', () => {
    const { mark, price } = book({ poolTick: 1_823, rate: 1.25, etherMeanTick: 78_244 })
    expect(price('WETH')).toBe(2_500)
    expect(mark('WETH')).toMatchObject({ sources: 2, reasonCode: null, source: 'chainlink:0xeth' })
    expect(book({ poolTick: 1_823, rate: 1.25 }).mark('WETH')?.sources).toBe(1)
  })

  it('is refused far from it, and takes what rests on it along', () => {
    for (const ether of [900, 4_100]) {
      const { mark } = book({ poolTick: 1_823, rate: 1.25, ether, etherMeanTick: 78_244 })
      expect(mark('WETH')).toMatchObject({ price: null, reasonCode: 'PRICE_ABSURD' })
      expect(mark('wstETH')?.reasonCode).toBe('PRICE_ABSURD')
    }
  })

  it('of a stablecoin rests on no pool', () => {
    expect(book({ poolTick: 1_823, rate: 1.25, etherMeanTick: 90_000 }).mark('USDC')).toMatchObject({ sources: 1 })
  })
})
