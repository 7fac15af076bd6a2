import { describe, expect, it } from 'vitest'
import type { ChainFacts, Facts, FeedReference } from '../../../../src/api/facts'
import { formatDecimal } from '../../../../src/api/valuation/decimal'
import { createPriceBook } from '../../../../src/api/valuation/priceBook'

const time = 100_000
const empty: ChainFacts = {
  tokens: [],
  markets: [],
  marketStates: [],
  marketParameters: [],
  positions: [],
  lendingAccounts: [],
  vaults: [],
  vaultStates: [],
  feeds: [],
  prices: [],
  pools: [],
  poolStates: [],
  pastPoolStates: [],
  poolTicks: [],
}
type Quote = { feed: string; answer: string; age?: number; decimals?: number }
const chain = (...quotes: Quote[]): ChainFacts => ({
  ...empty,
  feeds: quotes.map(({ feed, decimals = 8 }) => ({
    blockNumber: '1',
    feed,
    base: '',
    quote: '',
    decimals,
    heartbeat: '0',
  })),
  prices: quotes.map(({ feed, answer, age = 10 }) => ({
    blockNumber: '1',
    feed,
    round: '1',
    answer,
    updatedAt: String(time - age),
    status: 'ok',
  })),
})
const reference = (feed: string, base: string, more: Partial<FeedReference> = {}): FeedReference => ({
  chain: 'alpha',
  feed,
  base,
  quote: 'USD',
  heartbeatSeconds: 3_600,
  band: null,
  ...more,
})
const book = (chains: Facts['chains'], ...feeds: FeedReference[]) =>
  createPriceBook({ reference: { assets: {}, feeds }, chains }, time)
const textOf = (mark: ReturnType<ReturnType<typeof book>['markOf']>) =>
  mark?.price == null ? mark?.reasonCode : formatDecimal(mark.price)

describe('price book', () => {
  it('reads a feed of the chain', () => {
    const mark = book({ alpha: chain({ feed: '0x1', answer: '250000000000' }) }, reference('0x1', 'WETH')).markOf(
      'WETH',
      'alpha',
    )
    expect(mark).toMatchObject({ source: 'chainlink:0x1', ageSeconds: 10, updatedAt: time - 10, reasonCode: null })
    expect(textOf(mark)).toBe('2500.00000000')
  })

  it('composes a wrapper’s feed with its quote’s, as old as the older', () => {
    const chains = {
      alpha: chain(
        { feed: '0x1', answer: '250000000000', age: 900 },
        { feed: '0x2', answer: '1200000000000000000', decimals: 18 },
      ),
    }
    const mark = book(chains, reference('0x1', 'WETH'), reference('0x2', 'wstETH', { quote: 'WETH' })).markOf(
      'wstETH',
      'alpha',
    )
    expect(Number(textOf(mark))).toBe(3_000)
    expect(mark?.ageSeconds).toBe(900)
  })

  it('cuts a feed that is quoted in itself', () => {
    const chains = { alpha: chain({ feed: '0x1', answer: '100000000' }) }
    expect(textOf(book(chains, reference('0x1', 'X', { quote: 'X' })).markOf('X', 'alpha'))).toBe('PRICE_MISSING')
  })

  it('calls a price stale by its own heartbeat (regression 20)', () => {
    const chains = { alpha: chain({ feed: '0x1', answer: '1', age: 5_401 }, { feed: '0x2', answer: '1', age: 5_401 }) }
    const prices = book(chains, reference('0x1', 'A'), reference('0x2', 'B', { heartbeatSeconds: 86_400 }))
    expect(prices.markOf('A', 'alpha')?.reasonCode).toBe('PRICE_STALE')
    expect(prices.markOf('B', 'alpha')?.reasonCode).toBeNull()
  })

  it('believes no price outside its band, and none that is not positive (regression 18)', () => {
    const band = ['0.5', '2'] as const
    for (const answer of ['0', '-1', '49999999', '200000001', '28900000000000000']) {
      const mark = book({ alpha: chain({ feed: '0x1', answer }) }, reference('0x1', 'USDC', { band })).markOf(
        'USDC',
        'alpha',
      )
      expect(mark, answer).toMatchObject({ price: null, reasonCode: 'PRICE_ABSURD' })
    }
    const edge = book({ alpha: chain({ feed: '0x1', answer: '200000000' }) }, reference('0x1', 'USDC', { band }))
    expect(edge.markOf('USDC', 'alpha')?.reasonCode).toBeNull()
  })

  it('does not look for a fresher price elsewhere when the chain has its own', () => {
    const chains = {
      alpha: chain({ feed: '0x1', answer: '1', age: 50_000 }),
      beta: chain({ feed: '0x2', answer: '2' }),
    }
    const feeds = [reference('0x1', 'A'), reference('0x2', 'A', { chain: 'beta' })]
    expect(book(chains, ...feeds).markOf('A', 'alpha')?.reasonCode).toBe('PRICE_STALE')
    expect(book(chains, ...feeds).markOf('A', 'gamma')?.chain).toBe('beta')
  })

  it('uses no feed of a chain that is out of the cut', () => {
    expect(book({}, reference('0x1', 'A')).markOf('A', 'alpha')).toBeNull()
  })
})
