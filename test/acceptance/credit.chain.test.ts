import type { Address } from 'viem'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contractCall } from '../../devnet/chain/contractCall'
import type { Call } from '../../devnet/chain/types'
import { actOnMorpho } from '../../devnet/operations/actOnMorpho'
import { approve } from '../../devnet/operations/approve'
import { borrow } from '../../devnet/operations/borrow'
import { mintTokens } from '../../devnet/operations/mintTokens'
import { submitPrices } from '../../devnet/operations/submitPrices'
import { supply } from '../../devnet/operations/supply'
import { seededRandom } from '../../devnet/random'
import {
  type CreditBook,
  feedPrice,
  startCreditBook,
  thousands,
  type UnitAnswer,
  units,
  worth,
} from './support/creditBook'

const seed = 20_261_121
const dollar = 100_000_000n
const ether = 10n ** 18n
const nobody = '0x000000000000000000000000000000000000dead' as const

let book: CreditBook
beforeAll(async () => {
  book = await startCreditBook(seed, { beta: '3.0' })
}, 400_000)
afterAll(async () => {
  await book?.stop()
})

/** Tokens from nothing into a market, for somebody. */
function supplied(
  chain: string,
  from: Address,
  asset: 'WETH' | 'USDC' | 'WBTC' | 'wstETH',
  amount: bigint,
  owner = from,
): Call[] {
  const { aave, tokens } = book.devnet.chain(chain).contracts
  return [
    mintTokens(tokens[asset], from, amount),
    approve(tokens[asset], from, aave!.pool.address),
    supply(aave!, { account: from, asset, amount, onBehalfOf: owner }),
  ]
}

interface Loan {
  readonly chain: string
  readonly protocol: string
  /** 100 WETH pledged and 150,000 USDC owed by the account, after somebody has lent enough. */
  open(account: Address): Call[]
  /** Repays everything that is owed; the liquidator holds the USDC. */
  liquidate(account: Address, liquidator: Address): Promise<Call[]>
  /** E and W in thousands at −0, −10, −30 and −45 %. */
  readonly expected: readonly (readonly [string, string])[]
}

const owed = 150_000n * 10n ** 6n
const million = 1_000_000n * 10n ** 6n

function aaveLoan(chain: string): Loan {
  const contracts = () => book.devnet.chain(chain).contracts
  return {
    chain,
    protocol: 'aave-v3',
    open: (account) => [
      ...supplied(chain, book.devnet.owner.address, 'USDC', million),
      ...supplied(chain, account, 'WETH', 100n * ether),
      borrow(contracts().aave!, { account, asset: 'USDC', amount: owed }),
    ],
    liquidate: async (account, liquidator) => {
      const { aave, tokens } = contracts()
      const call = [tokens.WETH.address, tokens.USDC.address, account, 2n ** 256n - 1n, false]
      return [
        approve(tokens.USDC, liquidator, aave!.pool.address),
        contractCall(liquidator, aave!.pool, 'liquidationCall', call),
      ]
    },
    expected: [
      ['150.0', '74.1'],
      ['120.0', '44.1'],
      ['60.0', '0.0'],
      ['7.5', '0.0'],
    ],
  }
}

/** Threshold 86 %, incentive 1 ÷ (0.3·0.86 + 0.7). */
function morphoLoan(chain: string): Loan {
  const contracts = () => book.devnet.chain(chain).contracts
  return {
    chain,
    protocol: 'morpho-blue',
    open: (account) => {
      const { morpho, tokens } = contracts()
      const market = morpho!.markets.wethUsdc
      const lender = book.devnet.owner.address
      return [
        mintTokens(tokens.USDC, lender, million),
        approve(tokens.USDC, lender, morpho!.core.address),
        actOnMorpho(morpho!, market, lender, { kind: 'supply', assets: million }),
        mintTokens(tokens.WETH, account, 100n * ether),
        approve(tokens.WETH, account, morpho!.core.address),
        actOnMorpho(morpho!, market, account, { kind: 'supplyCollateral', assets: 100n * ether }),
        actOnMorpho(morpho!, market, account, { kind: 'borrow', assets: owed }),
      ]
    },
    liquidate: async (account, liquidator) => {
      const { morpho, tokens } = contracts()
      const market = morpho!.markets.wethUsdc
      const { address, abi } = morpho!.core
      const position = { address, abi, functionName: 'position', args: [market.id, account] }
      const [, repaidShares] = (await book.devnet.chain(chain).client.readContract(position)) as readonly bigint[]
      return [
        approve(tokens.USDC, liquidator, address),
        actOnMorpho(morpho!, market, liquidator, { kind: 'liquidate', borrower: account, repaidShares: repaidShares! }),
      ]
    },
    expected: [
      ['150.0', '82.0'],
      ['120.0', '52.0'],
      ['60.0', '0.0'],
      ['8.4', '0.0'],
    ],
  }
}

describe.each([
  { name: 'Aave 3.6', loan: aaveLoan('alpha'), actor: 2 },
  { name: 'Aave 3.0', loan: aaveLoan('beta'), actor: 4 },
  { name: 'Morpho Blue', loan: morphoLoan('alpha'), actor: 5 },
])('a loan of 150k on 300k in $name', ({ loan, actor }) => {
  const { chain, protocol, expected } = loan
  const initial = 3_000n * dollar
  let account: Address
  let liquidator: Address

  const unitNow = async (at?: string): Promise<UnitAnswer> => {
    const { lendingUnits } = await book.margin([account], at === undefined ? {} : { at })
    const found = lendingUnits.filter((unit) => unit.protocol === protocol)
    expect(found).toHaveLength(1)
    return found[0]!
  }

  beforeAll(async () => {
    account = book.devnet.actors[actor]!.address
    liquidator = book.devnet.actors[1]!.address
    await book.setPrices(chain, { WETH: initial, USDC: dollar })
    await book.advance({ [chain]: loan.open(account) })
  })

  it('is worth as printed at every price, and said so before', async () => {
    const forecast = (await unitNow()).outlook
    const seen: string[][] = []
    for (const share of [100n, 90n, 70n, 55n]) {
      await book.setPrices(chain, { WETH: (initial * share) / 100n })
      const { equity, movable } = await unitNow()
      seen.push([thousands(equity), thousands(movable)])
    }
    expect(seen).toEqual(expected)
    const told = forecast
      .filter(({ move }) => [0, -0.1, -0.3, -0.45].includes(Number(move)))
      .map(({ equity, movable }) => [thousands(equity), thousands(movable)])
    expect(told).toEqual(seen)
  })

  it('leaves its owner what was forecast when it is really liquidated', async () => {
    const { tokens } = book.devnet.chain(chain).contracts
    await book.advance({ [chain]: [mintTokens(tokens.USDC, liquidator, 200_000n * 10n ** 6n)] })
    const { asOf } = await book.margin([account])
    const [now] = (await unitNow(asOf.cut)).outlook
    expect(Number(now!.healthFactor)).toBeLessThan(0.95)
    // In the very second the forecast is for, so that no interest comes between; then a second more, so that it is over.
    await book.advance({ [chain]: await loan.liquidate(account, liquidator) }, 0)
    await book.forgetSharedSecond()
    const after = await unitNow(asOf.cut)
    expect(after.healthFactor).toBeNull()
    expect(units(after.debtValue)).toBe(0n)
    const left = units(after.collateralValue)
    // The protocol rounds what is repaid and what that is worth with the incentive, each by a unit of USDC; and the printed digits.
    const rounding = (2n * dollar * 105n) / 100n / 10n ** 6n + 2n
    expect(left - units(now!.forecastEquity)).toBeGreaterThanOrEqual(-rounding)
    expect(left - units(now!.forecastEquity)).toBeLessThanOrEqual(rounding)
    expect(units(now!.equity)).toBeLessThanOrEqual(units(now!.forecastEquity))
  })
})

function largest(...values: readonly bigint[]): bigint {
  return [...values].sort((one, other) => (one < other ? -1 : 1)).at(-1)!
}

describe('through the API, for portfolios of the seed', () => {
  const random = seededRandom(seed, 'properties')
  /** Interest of the second a step takes, at 300 % a year, and one printed digit a row. */
  const slack = (gross: string, debt: string) => (units(gross) + units(debt)) / 10_000_000n + 100n
  const picked = (count: number) => {
    const left = book.devnet.accounts.filter(({ shape }) => shape !== 'nothing')
    return Array.from({ length: count }, () => left.splice(random.integer(0, left.length - 1), 1)[0]!.address)
  }
  const figures = (accounts: readonly Address[], body = {}) =>
    Promise.all(accounts.map((account) => book.margin([account], body)))

  it('no more collateral lowers the balance minus the requirement', async () => {
    const accounts = picked(10)
    const before = await figures(accounts)
    const calls: Record<string, Call[]> = { alpha: [], beta: [] }
    for (const account of accounts) {
      const chain = random.pick(['alpha', 'beta'])
      const asset = random.pick(['WETH', 'USDC', 'wstETH'] as const)
      const decimals = asset === 'USDC' ? 6 : 18
      const amount = worth(random.logBetween(500, 50_000), await feedPrice(book, chain, asset), decimals)
      const { tokens } = book.devnet.chain(chain).contracts
      calls[chain]!.push(
        ...(random.next() < 0.6
          ? supplied(chain, book.devnet.owner.address, asset, amount, account)
          : [mintTokens(tokens[asset], account, amount)]),
      )
    }
    await book.advance(calls)
    const after = await figures(accounts)
    accounts.forEach((account, index) => {
      const [one, other] = [before[index]!, after[index]!]
      const change = units(other.excessInitialMargin) - units(one.excessInitialMargin)
      expect(change, account).toBeGreaterThanOrEqual(-slack(other.grossCollateralValue, other.debtValue))
      expect(units(other.grossCollateralValue), account).toBeGreaterThan(units(one.grossCollateralValue))
    })
  })

  it('no debt adds credit when its proceeds are gone', async () => {
    const accounts = book.devnet.accounts.filter(({ chains }) => chains.includes('alpha')).map(({ address }) => address)
    const before = await figures(accounts)
    const { client, contracts } = book.devnet.chain('alpha')
    const { aave, tokens } = contracts
    const amount = 1_000n * 10n ** 6n
    const loan = (account: Address) => borrow(aave!, { account, asset: 'USDC', amount })
    const allowed = await Promise.all(
      accounts.map((account) => {
        const { to, data } = loan(account)
        return client.call({ account, to: to!, data: data! }).then(
          () => true,
          () => false,
        )
      }),
    )
    const able = accounts.filter((_, index) => allowed[index])
    expect(able.length).toBeGreaterThan(4)
    await book.advance({
      alpha: able.flatMap((account) => [
        loan(account),
        contractCall(account, tokens.USDC, 'transfer', [nobody, amount]),
      ]),
    })
    const after = await figures(able)
    able.forEach((account, index) => {
      const one = before[accounts.indexOf(account)]!
      const other = after[index]!
      expect(units(other.collateralCredit), account).toBeLessThanOrEqual(
        units(one.collateralCredit) + slack(one.grossCollateralValue, one.debtValue),
      )
      expect(units(other.debtValue), account).toBeGreaterThan(units(one.debtValue))
    })
  })

  it('debts are whole, equity stays within its bounds, and nothing is not a number', async () => {
    for (const { address } of book.devnet.accounts) {
      const text = await book.marginText([address])
      expect(text).not.toMatch(/"[^"]*(NaN|Infinity|undefined)[^"]*"|"-?\d+(\.\d+)?[eE][+-]?\d+"/)
      const figure = JSON.parse(text) as Awaited<ReturnType<CreditBook['margin']>>
      const debts = figure.collateral.filter(({ side }) => side === 'borrow')
      for (const { steps, credit, amount, decimals, markPrice, marketValue } of debts) {
        expect(steps).toEqual([])
        expect(units(credit)).toBe(0n)
        // Printed prices of debts are rounded up, so this is at most a unit of the last digit above the exact value.
        const exact = BigInt(amount) * units(markPrice!)
        const scale = 10n ** BigInt(decimals)
        expect(units(marketValue!) * scale + (BigInt(amount) + scale)).toBeGreaterThanOrEqual(exact)
      }
      expect(debts.reduce((sum, { marketValue }) => sum + units(marketValue!), 0n)).toBe(units(figure.debtValue))
      for (const unit of figure.lendingUnits) {
        const rows = figure.collateral.filter((row) => row.unit === (unit as unknown as { id: string }).id)
        const free = rows
          .filter(({ side }) => side === 'supply')
          .reduce((sum, { marketValue }) => sum + units(marketValue!), 0n)
        const net = units(unit.collateralValue) - units(unit.debtValue)
        expect(units(unit.equity)).toBeGreaterThanOrEqual(0n)
        expect(units(unit.equity)).toBeLessThanOrEqual(largest(net, free))
      }
    }
  })

  it('an absurd price raises no credit, low prices of debts included', async () => {
    const accounts = book.devnet.accounts.map(({ address }) => address)
    for (const [asset, absurd] of [
      ['WETH', 10n ** 15n],
      ['USDC', 10_000n],
      ['WBTC', 1n],
    ] as const) {
      const honest = await feedPrice(book, 'alpha', asset)
      const before = await figures(accounts)
      await book.setPrices('alpha', { [asset]: absurd })
      const during = await figures(accounts)
      accounts.forEach((account, index) => {
        const one = before[index]!
        expect(units(during[index]!.collateralCredit), `${asset} ${account}`).toBeLessThanOrEqual(
          units(one.collateralCredit) + slack(one.grossCollateralValue, one.debtValue),
        )
      })
      expect(during.some(({ missing }) => missing.some(({ reasonCode }) => reasonCode === 'PRICE_ABSURD'))).toBe(true)
      await book.setPrices('alpha', { [asset]: honest })
      const restored = await figures(accounts)
      expect(restored.every(({ complete }) => complete)).toBe(true)
    }
  }, 120_000)

  it('two wallets of one owner are worth what one is, and no thinner chain adds credit', async () => {
    const owner = book.devnet.actors[7]!.address
    const second = book.devnet.actors[8]!.address
    const { tokens } = book.devnet.chain('alpha').contracts
    const away = book.devnet.chain('beta').contracts.tokens
    const held = [
      ['WETH', 7n * ether],
      ['USDC', 12_345_678_901n],
      ['wstETH', 3n * ether],
    ] as const
    await book.advance({ alpha: held.map(([asset, amount]) => mintTokens(tokens[asset], owner, amount)) })
    const one = await book.margin([owner, second])
    await book.advance({
      alpha: held.map(([asset, amount]) => contractCall(owner, tokens[asset], 'transfer', [second, amount / 3n])),
    })
    const two = await book.margin([owner, second])
    for (const figure of ['grossCollateralValue', 'collateralCredit', 'marginBalance', 'initialMargin'] as const) {
      const difference = units(two[figure]) - units(one[figure])
      expect(difference < 0n ? -difference : difference, figure).toBeLessThanOrEqual(BigInt(2 * held.length))
    }
    await book.advance({
      alpha: held.map(([asset, amount]) => contractCall(second, tokens[asset], 'transfer', [nobody, amount / 3n])),
      beta: held.map(([asset, amount]) => mintTokens(away[asset], second, amount / 3n)),
    })
    const moved = await book.margin([owner, second])
    // Prices of the two chains differ; the fraction that counts must not rise.
    const share = ({ collateralCredit, grossCollateralValue }: typeof one) =>
      Number(collateralCredit) / Number(grossCollateralValue)
    expect(share(moved)).toBeLessThanOrEqual(share(two) + 1e-9)
  })

  describe('positions', () => {
    type Row = Readonly<Record<string, unknown>> & { readonly quantity: number }
    const cost = async (positions: readonly Row[]) => {
      const { initialMargin, maintenanceMargin } = await book.margin([], { cash: 1_000_000, positions })
      return [Number(initialMargin), Number(maintenanceMargin)] as const
    }
    let some: readonly Row[]
    let others: readonly Row[]
    beforeAll(async () => {
      const price = Number(await feedPrice(book, 'alpha', 'WETH')) / 1e8
      const expiry = new Date(Date.now() + 40 * 86_400_000).toISOString()
      const perp = (id: string) => ({
        id,
        kind: 'perp',
        underlying: random.pick(['ETH', 'BTC']),
        quantity: (random.next() - 0.5) * 0.2,
      })
      const option = (id: string) => ({
        ...perp(id),
        kind: 'option',
        underlying: 'ETH',
        optionType: random.pick(['call', 'put']),
        strike: Math.round(price * random.between(0.8, 1.2)),
        expiry,
        impliedVol: 0.6,
      })
      some = Array.from({ length: 6 }, (_, index) => (index % 2 === 0 ? perp(`p${index}`) : option(`p${index}`)))
      others = Array.from({ length: 6 }, (_, index) => (index % 2 === 0 ? option(`q${index}`) : perp(`q${index}`)))
    })

    it('cost the same in any order', async () => {
      const together = await cost([...some, ...others])
      expect(together[0]).toBeGreaterThan(0)
      expect(await cost([...others, ...some].reverse())).toEqual(together)
    })

    it('cost twice as much when they are twice as large', async () => {
      const [one, double] = [await cost(some), await cost(some.map((row) => ({ ...row, quantity: row.quantity * 2 })))]
      for (const figure of [0, 1] as const) expect(Math.abs(double[figure] - 2 * one[figure])).toBeLessThan(1e-6)
    })

    it('of several risk groups cost no more together than apart', async () => {
      const [together, one, other] = [await cost([...some, ...others]), await cost(some), await cost(others)]
      for (const figure of [0, 1] as const) {
        expect(together[figure]).toBeGreaterThan(0)
        expect(together[figure]).toBeLessThanOrEqual(one[figure] + other[figure] + 1e-7)
      }
    })

    it('that hedge each other cost no more than the sum of the legs', async () => {
      const leg = { kind: 'perp', underlying: 'ETH', quantity: 0.1 }
      const long = { ...leg, id: 'long' }
      const short = { ...leg, id: 'short', quantity: -0.1 }
      const [both, one, other] = [await cost([long, short]), await cost([long]), await cost([short])]
      expect(both[0]).toBeLessThanOrEqual(one[0] + other[0] + 1e-7)
      expect(both[1]).toBeLessThanOrEqual(one[1] + other[1] + 1e-7)
    })
  })

  it('the scan of separate lending units, and of what is held beside them, costs no more together than apart', async () => {
    const indebted = (await Promise.all(book.devnet.accounts.map(({ address }) => book.margin([address]))))
      .map((figure, index) => ({ figure, address: book.devnet.accounts[index]!.address }))
      .filter(({ figure }) => figure.lendingUnits.some(({ debtValue }) => units(debtValue) > 0n))
    expect(indebted.length).toBeGreaterThan(3)
    for (const [index, { figure, address }] of indebted.slice(1, 9).entries()) {
      const before = indebted[index]!
      const both = await book.margin([before.address, address])
      expect(both.lendingUnits).toHaveLength(before.figure.lendingUnits.length + figure.lendingUnits.length)
      const apart = units(before.figure.components.scan) + units(figure.components.scan)
      expect(units(both.components.scan)).toBeLessThanOrEqual(apart + 2n)
    }
  })

  it('ES is at least VaR, and VaR at least nothing', async () => {
    const day = () => random.normal()
    const days = Array.from({ length: 300 }, () => ({ common: day(), own: day() }))
    const returns = Object.fromEntries(
      ['WETH', 'WBTC', 'wstETH', 'ETH'].map((asset, index) => [
        asset,
        days.map(({ common, own }) => Math.max(-0.9, 0.03 * common + 0.005 * (index + 1) * own)),
      ]),
    )
    const positions = [{ id: 'short', kind: 'perp', underlying: 'ETH', quantity: -0.5 }]
    let losing = 0
    for (const account of picked(8)) {
      for (const body of [{}, { positions }]) {
        const ask = (model: string) => book.margin([account], { ...body, model, marketData: { history: { returns } } })
        const [one, other] = await Promise.all([ask('var'), ask('es')])
        expect(one.measures).toEqual(other.measures)
        const [quantile, shortfall] = [Number(one.measures.valueAtRisk), Number(one.measures.expectedShortfall)]
        expect(quantile).toBeGreaterThanOrEqual(0)
        expect(shortfall).toBeGreaterThanOrEqual(quantile)
        expect(units(other.initialMargin)).toBeGreaterThanOrEqual(units(one.initialMargin))
        if (shortfall > quantile && quantile > 0) losing++
      }
    }
    expect(losing).toBeGreaterThan(4)
  })

  it('IM is at least MM, and MM at least nothing', async () => {
    for (const figure of await figures(book.devnet.accounts.map(({ address }) => address))) {
      expect(units(figure.initialMargin)).toBeGreaterThanOrEqual(units(figure.maintenanceMargin))
      expect(units(figure.maintenanceMargin)).toBeGreaterThanOrEqual(0n)
    }
  })
})

describe('the circuit breaker, when ether really falls by a tenth in half an hour', () => {
  const assets = ['WETH', 'WBTC', 'USDC', 'wstETH'] as const
  const chains = ['alpha', 'beta'] as const
  /** Its price moves one way only: a short perp needs the shocks of the scan and nothing else. */
  const positions = [{ id: 'short', kind: 'perp', underlying: 'ETH', quantity: -10 }]
  const body = { cash: 1_000_000, positions }
  /** At the same cut, as if no breaker had tripped. */
  const calmly = { ...body, marketData: { assets: { ETH: { shockFactor: 1 } } } }

  /** New answers of every feed, ether's lower by a fraction of its price. */
  const tell = async (fall: bigint) => {
    for (const chain of chains) {
      const prices: Partial<Record<(typeof assets)[number], bigint>> = {}
      for (const asset of assets) {
        const price = await feedPrice(book, chain, asset)
        prices[asset] = asset === 'WETH' || asset === 'wstETH' ? price - (price * fall) / 1000n : price
      }
      await book.setPrices(chain, prices)
    }
  }
  const figures = async () => {
    const [now, calm] = await Promise.all([book.margin([], body), book.margin([], calmly)])
    // Beside the scan, the initial requirement is the funding of eight hours, which no breaker multiplies.
    const initial = Number(now.components.scan) / Number(calm.components.scan)
    const maintenance = Number(now.maintenanceMargin) / Number(calm.maintenanceMargin)
    return { now, calm, initial, maintenance }
  }

  beforeAll(async () => {
    // Sixty daily moves make a volatility; and whatever tripped the breaker before is forgotten after five days.
    const alpha = book.devnet.chain('alpha')
    const start = await alpha.timestamp()
    const price = await feedPrice(book, 'alpha', 'WETH')
    for (let day = 1; day <= 63; day++) {
      const WETH = day % 2 === 0 ? price : (price * 101n) / 100n
      await submitPrices(alpha, alpha.contracts.feeds, book.devnet.owner.address, { WETH })
      await alpha.mine({ timestamp: start + day * 86_400 })
    }
    await book.advance()
    await tell(0n)
  })

  it('is calm before: both requirements are those of the scan', async () => {
    const { volatility, breaker } = await book.riskGroup('ETH')
    expect(Number(volatility?.used)).toBeGreaterThan(0.1)
    expect(breaker).toMatchObject({ state: 'calm', trippedAt: null })
    expect(await figures()).toMatchObject({ initial: 1, maintenance: 1 })
  })

  it('raises IM at once and MM after its ramp, and says so', async () => {
    const start = await feedPrice(book, 'alpha', 'WETH')
    const before = await figures()
    await tell(60n)
    const first = await figures()
    const tripped = (await book.riskGroup('ETH')).breaker!
    expect(tripped.state).toBe('tripped')
    expect(Math.abs(Number(tripped.move))).toBeGreaterThan(Number(tripped.limit))
    expect(first.initial).toBeCloseTo(1.5, 3)
    expect(units(first.now.initialMargin)).toBeGreaterThan((units(first.calm.initialMargin) * 149n) / 100n)
    expect(first.initial).toBeCloseTo(Number(tripped.initialFactor), 9)
    expect(first.maintenance).toBeLessThan(1.001)
    // The price is lower by 6 %, what is needed for it higher all the same; what can be taken out is less at once.
    expect(units(first.now.initialMargin)).toBeGreaterThan(units(before.now.initialMargin))
    expect(units(first.now.availableToWithdraw)).toBeLessThan(units(first.calm.availableToWithdraw))

    for (const fall of [30n, 20n]) {
      await book.advance({}, 900)
      await tell(fall)
    }
    const fallen = await feedPrice(book, 'alpha', 'WETH')
    expect(fallen * 10n).toBeLessThan(start * 9n)
    const during = await figures()
    const { breaker } = await book.riskGroup('ETH')
    expect(Math.abs(Number(breaker!.move))).toBeGreaterThan(0.1)
    expect(during.initial).toBeCloseTo(Number(breaker!.initialFactor), 9)
    expect(during.maintenance).toBeCloseTo(Number(breaker!.maintenanceFactor), 9)
    expect(during.maintenance).toBeGreaterThan(1.2)
    expect(during.maintenance).toBeLessThan(during.initial)

    await book.advance({}, 3_600)
    await tell(0n)
    const after = await figures()
    expect(after.maintenance).toBeCloseTo(after.initial, 9)
    expect(after.maintenance).toBeGreaterThan(1.4)
  })

  it('lowers no requirement of any account', async () => {
    for (const { address } of book.devnet.accounts) {
      const factors = Object.fromEntries(['WETH', 'WBTC', 'wstETH', 'USDC'].map((asset) => [asset, { shockFactor: 1 }]))
      const [now, calm] = await Promise.all([
        book.margin([address]),
        book.margin([address], { marketData: { assets: factors } }),
      ])
      expect(units(now.initialMargin), address).toBeGreaterThanOrEqual(units(calm.initialMargin))
      expect(units(now.maintenanceMargin), address).toBeGreaterThanOrEqual(units(calm.maintenanceMargin))
    }
  })
})
