import type { Address } from 'viem'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contractCall } from '../../devnet/chain/contractCall'
import type { Call } from '../../devnet/chain/types'
import { actOnMorpho } from '../../devnet/operations/actOnMorpho'
import { approve } from '../../devnet/operations/approve'
import { borrow } from '../../devnet/operations/borrow'
import { mintTokens } from '../../devnet/operations/mintTokens'
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
  })

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

  it('positions cost the same in any order, in proportion, and never more together than apart', async () => {
    const price = Number(await feedPrice(book, 'alpha', 'WETH')) / 1e8
    const draw = (id: string) => ({
      id,
      kind: 'perp',
      underlying: random.pick(['ETH', 'BTC']),
      quantity: (random.next() - 0.5) * 0.2,
    })
    const at = new Date(Date.now() + 40 * 86_400_000).toISOString()
    const option = (id: string) => ({
      ...draw(id),
      kind: 'option',
      underlying: 'ETH',
      optionType: random.pick(['call', 'put']),
      strike: Math.round(price * random.between(0.8, 1.2)),
      expiry: at,
      impliedVol: 0.6,
    })
    const some = Array.from({ length: 6 }, (_, index) => (index % 2 === 0 ? draw(`p${index}`) : option(`p${index}`)))
    const others = Array.from({ length: 6 }, (_, index) => (index % 2 === 0 ? option(`q${index}`) : draw(`q${index}`)))
    const cost = async (positions: readonly object[]) => {
      const { initialMargin, maintenanceMargin } = await book.margin([], { cash: 1_000_000, positions })
      return [Number(initialMargin), Number(maintenanceMargin)] as const
    }
    const together = await cost([...some, ...others])
    expect(await cost([...others, ...some].reverse())).toEqual(together)
    const [one, other] = [await cost(some), await cost(others)]
    const double = await cost(some.map((row) => ({ ...row, quantity: row.quantity * 2 })))
    for (const figure of [0, 1] as const) {
      expect(together[figure]).toBeGreaterThan(0)
      expect(together[figure]).toBeLessThanOrEqual(one[figure] + other[figure] + 1e-7)
      expect(Math.abs(double[figure] - 2 * one[figure])).toBeLessThan(1e-6)
    }
    const leg = { kind: 'perp', underlying: 'ETH', quantity: 0.1 }
    const [long, hedged] = [
      await cost([{ ...leg, id: 'long' }]),
      await cost([
        { ...leg, id: 'long' },
        { ...leg, id: 'short', quantity: -0.1 },
      ]),
    ]
    expect(hedged[0]).toBeLessThanOrEqual(2 * long[0])
  })
})
