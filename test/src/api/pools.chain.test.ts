import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contractCall } from '../../../devnet/chain/contractCall'
import { readContract } from '../../../devnet/chain/readContract'
import type { BlockChoice } from '../../../devnet/chain/types'
import type { Pool as DevnetPool } from '../../../devnet/deploy/types'
import { accountData } from '../../../devnet/operations/accountData'
import { approve } from '../../../devnet/operations/approve'
import { borrow } from '../../../devnet/operations/borrow'
import { mintTokens } from '../../../devnet/operations/mintTokens'
import { submitPrices } from '../../../devnet/operations/submitPrices'
import { supply } from '../../../devnet/operations/supply'
import { swapTo } from '../../../devnet/operations/swapTo'
import { poolNames, pools as poolTerms } from '../../../devnet/pools'
import { seededRandom } from '../../../devnet/random'
import type { ChainFacts } from '../../../src/api/facts'
import { cumulativeAt, reachLimit, readPools } from '../../../src/api/valuation/pools/pool'
import { swapExactIn } from '../../../src/api/valuation/pools/swapExactIn'
import { openOutsidersPositions, outsidersFile, outsidersPositions } from '../../acceptance/support/outsider'
import { type Stack, startStack } from './support/startStack'

interface Row {
  readonly protocol: string
  readonly amount: string
  readonly asset: string | null
  readonly side: string
  readonly markPrice: string | null
  readonly oraclePrice: string | null
  readonly marketValue: string | null
  readonly reasonCode: string | null
}
interface Body {
  readonly complete: boolean
  readonly collateral: readonly Row[]
  readonly lendingUnits: readonly {
    readonly healthFactorRaw: string
    readonly equity: string
    readonly movable: string
    readonly credit: string
  }[]
  readonly missing: readonly { readonly reasonCode: string; readonly id: string }[]
  readonly facts: { readonly facts: { readonly chains: Readonly<Record<string, ChainFacts>> } }
  readonly asOf: {
    readonly chains: Readonly<Record<string, { readonly blockHash: `0x${string}`; readonly timestamp: string }>>
  }
}

const blocks = 36
const quotesPerBlock = 2
const observations = 200

describe('exchange pools', () => {
  let stack: Stack
  const chain = () => stack.devnet.chain('alpha')
  const exchange = () => chain().contracts.exchange!

  const ask = async (path: string): Promise<Body> => {
    const response = await stack.get(path)
    const text = await response.text()
    expect(response.status, text).toBe(200)
    return JSON.parse(text)
  }
  const at = (account: string, block: bigint) =>
    ask(`/v1/accounts/${account.toLowerCase()}/collateral?finality=latest&include=facts&at=alpha:${block}`)

  beforeAll(async () => {
    stack = await startStack({ seed: 31, chains: 1, content: 'market', stayInPast: true })
  }, 300_000)

  afterAll(() => stack?.stop())

  it('are the pools’ own at every block, and quote what the quoter quotes, to the last unit', async () => {
    const random = seededRandom(31, 'pools')
    const { owner } = stack.devnet
    const { operator, quoter, pools } = exchange()
    const account = stack.devnet.actors[1]!.address
    for (const pool of Object.values(pools)) {
      await chain().send(contractCall(owner.address, pool, 'increaseObservationCardinalityNext', [observations]))
    }
    await chain().mine()
    const mined: bigint[] = []
    const open = new Map<string, { lower: number; upper: number; liquidity: bigint }[]>()
    const amountOf = (pool: DevnetPool, sellsFirst: boolean, most: number) => {
      const symbol = sellsFirst === pool.isBaseFirst ? pool.base : pool.quote
      const usd = random.logBetween(0.001, most)
      const { prices } = stack.devnet.walk
      const decimals = { WETH: 18, WBTC: 8, USDC: 6, wstETH: 18 }[symbol]
      return (BigInt(Math.round(usd * 1e8)) * 10n ** BigInt(decimals)) / prices[symbol] + 1n
    }
    for (let round = 0; round < blocks; round++) {
      for (const name of poolNames) {
        const pool = pools[name]
        const positions = open.get(name) ?? []
        open.set(name, positions)
        for (let action = random.integer(0, 3); action > 0; action--) {
          const kind = random.pick(['sell', 'sell', 'provide', 'withdraw'] as const)
          if (kind === 'sell') {
            const sellsFirst = random.next() < 0.5
            await chain().send(
              contractCall(operator.address, operator, 'sell', [
                pool.address,
                sellsFirst,
                amountOf(pool, sellsFirst, 3_000_000),
              ]),
            )
          } else if (kind === 'provide') {
            const { tickSpacing } = poolTerms[name]
            const [, tick] = await readContract<readonly [bigint, number]>(chain(), pool, 'slot0')
            const lower = (Math.floor(tick / tickSpacing) + random.integer(-40, 20)) * tickSpacing
            const position = {
              lower,
              upper: lower + random.integer(1, 60) * tickSpacing,
              liquidity: BigInt(Math.round(random.logBetween(1e6, 1e15))) * 1_000n,
            }
            positions.push(position)
            await chain().send(
              contractCall(operator.address, operator, 'provide', [
                pool.address,
                position.lower,
                position.upper,
                position.liquidity,
              ]),
            )
          } else {
            const position = positions.shift()
            if (position === undefined) continue
            await chain().send(
              contractCall(operator.address, operator, 'withdraw', [
                pool.address,
                position.lower,
                position.upper,
                position.liquidity,
              ]),
            )
          }
        }
      }
      const { number } = await chain().mine({ timestamp: (await chain().timestamp()) + random.integer(1, 400) })
      mined.push(number)
    }
    await stack.indexed()

    let compared = 0
    let quoted = 0
    for (const number of mined) {
      const body = await at(account, number)
      const { blockHash, timestamp } = body.asOf.chains.alpha!
      const block: BlockChoice = { blockHash }
      const time = Date.parse(timestamp) / 1000
      const facts = body.facts.facts.chains.alpha!
      const indexed = readPools(facts, time)
      for (const pool of Object.values(pools)) {
        const address = pool.address.toLowerCase()
        const ours = indexed.find((candidate) => candidate.address === address)!
        const [sqrtPrice, tick] = await readContract<readonly [bigint, number]>(chain(), pool, 'slot0', [], block)
        const liquidity = await readContract<bigint>(chain(), pool, 'liquidity', [], block)
        expect([ours.sqrtPrice, ours.tick, ours.liquidity]).toEqual([sqrtPrice, tick, liquidity])
        for (const row of facts.poolTicks.filter((each) => each.pool === address)) {
          const own = await readContract<readonly [bigint, bigint]>(chain(), pool, 'ticks', [row.tick], block)
          expect([row.liquidityGross, row.liquidityNet]).toEqual([String(own[0]), String(own[1])])
          compared++
        }
        const state = facts.poolStates.find((each) => each.pool === address)!
        const [cumulatives] = await readContract<readonly [readonly bigint[]]>(chain(), pool, 'observe', [[0]], block)
        expect(cumulativeAt(state, BigInt(time))).toBe(cumulatives[0])
        for (let quote = 0; quote < quotesPerBlock; quote++) {
          const sellsFirst = quote % 2 === 0
          const amount = amountOf(pool, sellsFirst, 300_000_000)
          const limit = reachLimit(ours, sellsFirst)
          const [first, second] = await Promise.all(
            ['token0', 'token1'].map((name) => readContract<string>(chain(), pool, name)),
          )
          const [tokenIn, tokenOut] = sellsFirst ? [first, second] : [second, first]
          const [amountOut, after] = await readContract<readonly [bigint, bigint]>(
            chain(),
            quoter,
            'quoteExactInputSingle',
            [{ tokenIn, tokenOut, amountIn: amount, fee: pool.fee, sqrtPriceLimitX96: limit }],
            block,
          )
          const swap = swapExactIn(ours, sellsFirst, amount, limit)
          expect(swap.amountOut).toBe(amountOut)
          // Where its liquidity ends, the pool's price runs on to its bound.
          if (swap.amountIn === amount) expect(swap.sqrtPrice).toBe(after)
          quoted++
        }
      }
    }
    expect(compared).toBeGreaterThan(30 * 3 * 4)
    expect(quoted).toBe(blocks * poolNames.length * quotesPerBlock)

    // The average over the window, where the pool itself still remembers its beginning.
    const body = await at(account, mined.at(-1)!)
    const time = Date.parse(body.asOf.chains.alpha!.timestamp) / 1000
    const block: BlockChoice = { blockHash: body.asOf.chains.alpha!.blockHash }
    for (const pool of Object.values(pools)) {
      const [cumulatives] = await readContract<readonly [readonly bigint[]]>(
        chain(),
        pool,
        'observe',
        [[1_800, 0]],
        block,
      )
      const grown = cumulatives[1]! - cumulatives[0]!
      const mean = Math.floor(Number(grown) / 1_800)
      const ours = readPools(body.facts.facts.chains.alpha!, time).find(
        ({ address }) => address === pool.address.toLowerCase(),
      )
      expect(ours!.meanTick).toBe(mean)
    }
  }, 600_000)

  describe('and a wrapper that leaves its peg', () => {
    let holder: `0x${string}`
    let debtor: `0x${string}`
    const prices = () => stack.devnet.walk.prices
    const row = ({ collateral }: Body, name: string, side: string) =>
      collateral.find((each) => each.asset === name && each.side === side)!
    const near = (actual: string | null, expected: number) =>
      expect(Math.abs(Number(actual) / expected - 1)).toBeLessThan(0.0005)

    /** Both sources at the given part of the peg, the market having stood there for long. */
    const stand = async (market: number, oracle: number, seconds = 3_600) => {
      const part = (share: number) => (prices().wstETH * BigInt(Math.round(share * 1e6))) / 1_000_000n
      const { 'WETH-USDC': ether, 'wstETH-WETH': wrapper } = exchange().pools
      await chain().send(swapTo(exchange(), ether, prices().WETH, prices().USDC))
      await chain().send(swapTo(exchange(), wrapper, part(market), prices().WETH))
      await submitPrices(chain(), chain().contracts.feeds, stack.devnet.owner.address, {
        ...prices(),
        wstETH: part(oracle),
      })
      await chain().mine()
      const { number } = await chain().mine({ timestamp: (await chain().timestamp()) + seconds })
      await stack.indexed()
      const [held, owed] = [await at(holder, number), await at(debtor, number)]
      for (const [body, account] of [
        [held, holder],
        [owed, debtor],
      ] as const) {
        const own = await accountData(chain(), chain().contracts.aave!, account, { blockNumber: number })
        expect(body.lendingUnits[0]!.healthFactorRaw).toBe(String(own.healthFactor))
      }
      const [unit] = held.lendingUnits
      const [equity, movable, credit] = [unit!.equity, unit!.movable, unit!.credit].map(Number) as [
        number,
        number,
        number,
      ]
      return { held, owed, health: Number(unit!.healthFactorRaw) / 1e18, equity, movable, credit }
    }

    beforeAll(async () => {
      const market = chain().contracts.aave!
      const { tokens } = chain().contracts
      const [, lender, first, second] = stack.devnet.actors.map(({ address }) => address)
      holder = first!
      debtor = second!
      const ether = 10n ** 18n
      await submitPrices(chain(), chain().contracts.feeds, stack.devnet.owner.address, prices())
      for (const [account, asset, amount] of [
        [lender!, 'USDC', 5_000_000n * 10n ** 6n],
        [lender!, 'wstETH', 1_000n * ether],
        [holder, 'wstETH', 100n * ether],
        [debtor, 'USDC', 1_000_000n * 10n ** 6n],
      ] as const) {
        await chain().send(mintTokens(tokens[asset], account, amount))
        await chain().send(approve(tokens[asset], account, market.pool.address))
        await chain().send(supply(market, { account, asset, amount }))
      }
      await chain().mine()
      await chain().send(borrow(market, { account: holder, asset: 'USDC', amount: 150_000n * 10n ** 6n }))
      await chain().send(borrow(market, { account: debtor, asset: 'wstETH', amount: 100n * ether }))
      await chain().mine()
    }, 120_000)

    it('keeps its health and loses its credit where only the market moves; loses its health where only the oracle does', async () => {
      const peg = await stand(1, 1)
      const marked = Number(prices().wstETH) / 1e8
      near(row(peg.held, 'wstETH', 'collateral').markPrice, marked)

      const market = await stand(0.9, 1)
      near(row(market.held, 'wstETH', 'collateral').markPrice, marked * 0.9)
      expect(market.health).toBeCloseTo(peg.health, 3)
      expect(market.equity).toBeLessThan(peg.equity)
      near(String(market.movable), peg.movable * 0.9)
      expect(market.credit).toBeLessThan(peg.credit * 0.97)
      // Who owes it has to count with what it can be redeemed for.
      near(row(market.owed, 'wstETH', 'borrow').markPrice, marked)

      const oracle = await stand(1, 0.9)
      near(row(oracle.held, 'wstETH', 'collateral').markPrice, marked)
      near(row(oracle.held, 'wstETH', 'collateral').oraclePrice, marked * 0.9)
      expect(oracle.health).toBeCloseTo(peg.health * 0.9, 3)
      near(String(oracle.equity), peg.equity)
      expect(oracle.movable).toBeLessThan(peg.movable * 0.95)
      expect(oracle.credit).toBeLessThan(peg.credit * 0.95)
      expect(Number(oracle.owed.lendingUnits[0]!.healthFactorRaw)).toBeGreaterThan(
        Number(peg.owed.lendingUnits[0]!.healthFactorRaw),
      )

      const both = await stand(0.9, 0.9)
      near(row(both.held, 'wstETH', 'collateral').markPrice, marked * 0.9)
      expect(both.health).toBeCloseTo(oracle.health, 3)
      expect(both.credit).toBeLessThan(oracle.credit)
      expect(both.credit).toBeLessThan(market.credit)

      // The oracle alone makes the liquidation due: what it would take is gone, whatever the market says.
      const due = await stand(1, 0.45)
      near(row(due.held, 'wstETH', 'collateral').markPrice, marked)
      expect(due.health).toBeLessThan(1)
      expect(due.equity).toBeLessThan(peg.equity * 0.2)
    }, 300_000)

    it('is refused while its price is far from its own average, and believed when it has stayed', async () => {
      await stand(1, 1)
      const sudden = await stand(0.8, 1, 12)
      expect(row(sudden.held, 'wstETH', 'collateral')).toMatchObject({ markPrice: null, reasonCode: 'PRICE_ABSURD' })
      expect(sudden.credit).toBe(0)
      expect(sudden.held.missing).toContainEqual(expect.objectContaining({ id: 'wstETH', reasonCode: 'PRICE_ABSURD' }))
      const settled = await stand(0.8, 1)
      expect(row(settled.held, 'wstETH', 'collateral').reasonCode).toBeNull()
    }, 300_000)
  })

  describe('and a configuration that somebody else wrote for the same contracts', () => {
    it('is loaded, indexed without code, and answers with what the contracts say', { timeout: 120_000 }, async () => {
      const [, lender, , , account] = stack.devnet.actors.map(({ address }) => address)
      await submitPrices(chain(), chain().contracts.feeds, stack.devnet.owner.address, stack.devnet.walk.prices)
      await openOutsidersPositions(chain(), account!, lender!)
      await stack.restart(() => JSON.parse(outsidersFile(chain())))
      // One block before which everything was there already, and one that is followed live.
      const before = await chain().client.getBlockNumber()
      const { number } = await chain().mine({ timestamp: (await chain().timestamp()) + 3_600 })
      await stack.indexed()
      for (const block of [before, number]) {
        const { collateral, missing, complete } = await at(account!, block)
        const held = collateral.map(({ protocol, side, asset, amount }) => `${protocol} ${side} ${asset}: ${amount}`)
        expect(held.sort()).toEqual(await outsidersPositions(chain(), account!, block))
        expect({ missing, complete }).toEqual({ missing: [], complete: true })
      }
    })
  })
})
