import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../../../devnet/random'
import { isPositiveSemiDefinite } from '../../../../engine/measures/covariance/isPositiveSemiDefinite'
import { flooredVariance } from '../../../../engine/measures/volatility/flooredVariance'
import { resolveParameters } from '../../../../engine/resolve/resolveParameters'
import { marketHistory } from '../../../../src/api/valuation/marketHistory/marketHistory'
import { withMarketHistory } from '../../../../src/api/valuation/marketHistory/withMarketHistory'
import { daySeconds, type FeedPast, pastFacts, walk } from '../support/pastFacts'

const today = 20_000
const now = today * daySeconds + 43_200
const house = resolveParameters('house-1', '/parameters')
const rule = house.marketHistory!

function normals(count: number, seed: number): readonly number[] {
  const random = seededRandom(seed, 'normals')
  const uniform = () => (random.integer(0, 999_999) + 0.5) / 1_000_000
  return Array.from({ length: count }, () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform()))
}
const days = 300
const common = normals(days, 1)
const ownOf = (seed: number) => normals(days, seed)
const returnsOf = (seed: number, size: number) => common.map((move, index) => size * (move + ownOf(seed)[index]! / 2))
const market: readonly FeedPast[] = [
  { base: 'WETH', closes: walk(2_500, returnsOf(2, 0.04), today) },
  { base: 'WBTC', closes: walk(60_000, returnsOf(3, 0.03), today) },
  { base: 'USDC', closes: walk(1, returnsOf(4, 0.0003), today) },
]
const of = (feeds: readonly FeedPast[], parameters = house, time = now) =>
  marketHistory(pastFacts(feeds), time, parameters)!

describe('what past prices say', () => {
  it('is the floored volatility of daily log returns, annualised', () => {
    const eth = of(market).assets.get('WETH')!
    expect(eth.moves).toHaveLength(days)
    const returns = eth.moves.map(({ log }) => log)
    const expected = flooredVariance(returns)
    const stress = Math.max(expected.stress, 1.5 ** 2 / 365)
    const variance = Math.max(expected.fast, expected.slow, 0.75 * expected.slow + 0.25 * stress)
    expect(eth.volatility?.used).toBeCloseTo(Math.sqrt(365 * variance), 12)
    expect(eth.volatility?.stress).toBeCloseTo(Math.sqrt(365 * stress), 12)
  })

  it('is nothing below the minimum of moves, and says so', () => {
    const closes = walk(2_500, returnsOf(2, 0.04).slice(0, rule.minimumMoves - 1), today)
    const found = of([{ base: 'WETH', closes }])
    expect(found.assets.get('WETH')?.volatility).toBeNull()
    expect(found.groups.find(({ riskGroup }) => riskGroup === 'ETH')?.breaker).toBeNull()
    expect(found.joint).toEqual({ kind: 'unknown', reason: expect.stringContaining('250 daily moves') })
    expect(found.correlations.observations).toBe(0)
    const one = walk(2_500, returnsOf(2, 0.04).slice(0, rule.minimumMoves), today)
    expect(of([{ base: 'WETH', closes: one }]).assets.get('WETH')?.volatility).not.toBeNull()
  })

  it('takes no move into, out of or across a day whose answer was stale', () => {
    const closes = market[0]!.closes
    const stale = today - 10
    const gap = of([{ base: 'WETH', closes, ages: new Map([[stale, 5_401]]) }]).assets.get('WETH')!
    expect(gap.moves.map(({ day }) => day)).not.toContain(stale)
    expect(gap.moves.map(({ day }) => day)).not.toContain(stale + 1)
    expect(gap.moves).toHaveLength(days - 2)
    const late = of([{ base: 'WETH', closes, ages: new Map([[stale, 5_400]]) }]).assets.get('WETH')!
    expect(late.moves).toHaveLength(days)
  })

  it('looks back over the window and no further', () => {
    const shorter = { ...house, marketHistory: { ...rule, windowDays: 101 } }
    const eth = of(market, shorter).assets.get('WETH')!
    expect(eth.moves).toHaveLength(100)
    expect(eth.moves.at(-1)?.day).toBe(today)
  })

  it('composes prices in another asset, and has a gap where either is missing', () => {
    const eth = market[0]!
    const ratio = new Map([...eth.closes.keys()].map((day) => [day, 1.2] as const))
    const ages = new Map([[today - 3, 90_000]])
    const found = of([
      { ...eth, ages },
      { base: 'wstETH', quote: 'WETH', closes: ratio },
    ])
    const [own, wrapped] = [found.assets.get('WETH')!, found.assets.get('wstETH')!]
    expect(wrapped.moves.map(({ day }) => day)).toEqual(own.moves.map(({ day }) => day))
    for (const [index, { log }] of wrapped.moves.entries()) expect(log).toBeCloseTo(own.moves[index]!.log, 6)
  })

  it('takes of several chains the feed with most closes', () => {
    const [eth] = market
    const young = { ...eth!, closes: new Map([...eth!.closes].slice(-20)) }
    const found = of([young, { ...eth!, chain: 'beta' }]).assets.get('WETH')!
    expect(found.path?.map(({ chain }) => chain)).toEqual(['beta'])
    expect(found.moves).toHaveLength(days)
  })

  it('never depends on the order in which anything is listed', () => {
    const shuffled = (facts: ReturnType<typeof pastFacts>) => {
      const history = Object.entries(facts.history!).map(([chain, rows]) => [
        chain,
        [...rows].reverse().map((row) => ({ ...row, closes: [...row.closes].reverse() })),
      ])
      const assets = Object.fromEntries(Object.entries(facts.reference.assets).reverse())
      return { ...facts, reference: { ...facts.reference, assets }, history: Object.fromEntries(history) }
    }
    const facts = pastFacts(market)
    const print = (found: ReturnType<typeof marketHistory>) => {
      const { groups, correlations, joint } = found!
      const names = ['WETH', 'WBTC', 'USDC', 'SOL', 'alpha:0x1']
      return { groups, correlations, marketData: withMarketHistory({}, found, names), joint: joint.kind }
    }
    expect(print(marketHistory(shuffled(facts), now, house))).toEqual(print(marketHistory(facts, now, house)))
  })

  it('has correlations that are positive semi-definite, symmetric, and at or above every floor', () => {
    const moves = fc.array(fc.double({ min: -0.2, max: 0.2, noNaN: true }), { minLength: 70, maxLength: 70 })
    fc.assert(
      fc.property(moves, moves, moves, (eth, btc, usd) => {
        const { correlations, groups } = of([
          { base: 'WETH', closes: walk(2_500, eth, today) },
          { base: 'WBTC', closes: walk(60_000, btc, today) },
          { base: 'USDC', closes: walk(1, usd, today) },
        ])
        const names = groups.map(({ riskGroup }) => riskGroup)
        const { correlation } = correlations
        const between = (one: string, other: string) => correlation[names.indexOf(one)]![names.indexOf(other)]!
        expect(isPositiveSemiDefinite(correlation)).toBe(true)
        for (const [one, other, floor] of [
          ['BTC', 'ETH', 0.9],
          ['SOL', 'ETH', 0.8],
          ['USD', 'ETH', 0.3],
        ] as const) {
          expect(between(one, other)).toBeGreaterThanOrEqual(floor - 1e-12)
          expect(between(one, other)).toBe(between(other, one))
        }
      }),
      { numRuns: 25, seed: 5 },
    )
  })

  it('gives joint moves of the same days to everything, and to what has none those of what is most like it', () => {
    const found = of(market)
    expect(found.joint.kind).toBe('known')
    const { marketData, jointReason } = withMarketHistory({}, found, ['WETH', 'SOL', 'alpha:0xdust', 'USDC'])
    expect(jointReason).toBeNull()
    const { returns } = marketData.history!
    expect(new Set(Object.values(returns).map(({ length }) => length))).toEqual(new Set([days]))
    // Neither a new asset nor dust of an unknown token may take the measure away.
    expect(returns.SOL).toEqual(returns.WETH)
    expect(returns['alpha:0xdust']).toEqual(returns.WETH)
    expect(returns.USDC).not.toEqual(returns.WETH)
  })

  it('stands behind what the request says', () => {
    const found = of(market)
    const given = {
      assets: { WETH: { volatility: 0.1, shockFactor: 1.2 } },
      correlations: { USD: { ETH: 0.7 } },
      history: { returns: { WETH: [0.1] } },
    }
    const { marketData } = withMarketHistory(given, found, ['WETH'])
    expect(marketData.assets?.WETH).toMatchObject({ volatility: 0.1, shockFactor: 1.2 })
    expect(marketData.assets?.WETH).not.toHaveProperty('maintenanceShockFactor')
    expect(marketData.history).toEqual(given.history)
    expect(marketData.correlations?.USD?.ETH).toBe(0.7)
    expect(marketData.correlations?.ETH).not.toHaveProperty('USD')
    expect(marketData.correlations?.BTC).toHaveProperty('ETH')
  })
})

describe('the circuit breaker', () => {
  const noon = now
  const calm = Array.from({ length: 36 }, (_, index) => [today * daySeconds + index * 1_200, 2_500] as const)
  const last = market[0]!.closes.get(today)!
  // Whatever moved before the breaker's memory, nothing has since.
  const flat = new Map([...market[0]!.closes].map(([day, price]) => [day, day < today - 6 ? price : last] as const))
  const still: FeedPast = { ...market[0]!, closes: flat }
  const crashed = (minutesAgo: number): readonly FeedPast[] => [
    {
      ...still,
      heartbeatSeconds: 86_400,
      answers: [
        ...calm.filter(([at]) => at < noon - minutesAgo * 60).map(([at]) => [at, last] as const),
        [noon - minutesAgo * 60, last * 0.9],
      ],
    },
  ]
  const eth = (feeds: readonly FeedPast[], time = noon) =>
    of(feeds, house, time).groups.find(({ riskGroup }) => riskGroup === 'ETH')!.breaker!

  it('is calm while nothing moves', () => {
    const { state, factors } = eth([{ ...still, answers: calm.map(([at]) => [at, last] as const) }])
    expect(state).toEqual({ kind: 'calm' })
    expect(factors).toEqual({ initial: 1, maintenance: 1 })
  })

  it('multiplies the shocks of the initial margin at once, those of the maintenance margin after the ramp', () => {
    const now = eth(crashed(0))
    expect(now.state).toMatchObject({ kind: 'tripped', trippedAt: noon, move: expect.closeTo(-0.1, 6) })
    expect(now.factors.initial).toBe(1.5)
    expect(now.factors.maintenance).toBe(1)
    const half = eth(crashed(30))
    expect(half.factors.maintenance).toBeCloseTo(1.25, 9)
    const ramped = eth(crashed(60))
    expect(ramped.factors.maintenance).toBe(ramped.factors.initial)
    expect(ramped.factors.initial).toBeCloseTo(1 + 0.5 * 2 ** (-1 / 6), 9)
  })

  it('counts a crash seen on one chain only', () => {
    const [alpha] = crashed(0)
    expect(eth([{ ...still, chain: 'beta' }, alpha!]).factors.initial).toBe(1.5)
  })
})
