import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { noteAgreement } from '../../../cli/control/noteAgreement'
import { openPool } from '../../../cli/database/openPool'
import { readContract } from '../../../devnet/chain/readContract'
import { accountData } from '../../../devnet/operations/accountData'
import { seededRandom } from '../../../devnet/random'
import { openDatabase } from '../../../src/api/read/database'
import { type BookPage, loadBook } from '../../../src/api/read/loadBook'
import { loadDeployments } from '../../../src/api/read/loadDeployments'
import { verifyAnswer } from '../../../src/api/verify/verifyAnswer'
import { stateHashOf } from '../../../src/api/wire/stateHash'
import { agreesWithAaveLibrary } from '../protocols/agreesWithAaveLibrary'
import { changedCharacter } from './support/changedCharacter'
import { type Stack, startStack } from './support/startStack'

interface Row {
  readonly chain: string
  readonly protocol: string
  readonly market: string
  readonly side: string
  readonly asset: string | null
  readonly shares: string
  readonly amount: string
  readonly marketValue: string | null
  readonly steps: readonly { readonly input: string; readonly amount: string }[]
  readonly credit: string
}
interface Unit {
  readonly chain: string
  readonly protocol: string
  readonly unit: string
  readonly collateralBaseRaw: string
  readonly debtBaseRaw: string
  readonly healthFactorRaw: string | null
}
interface Body {
  readonly [figure: string]: unknown
  readonly collateral: readonly Row[]
  readonly lendingUnits: readonly Unit[]
  readonly complete: boolean
  readonly missing: readonly unknown[]
  readonly stateHash: string
  readonly asOf: {
    readonly cut: string
    readonly chains: Readonly<Record<string, { readonly blockNumber: string; readonly blockHash: `0x${string}` }>>
  }
}

interface Sums {
  readonly value: string
  readonly debt: string
}
interface Book {
  readonly total: Sums
  readonly rows: readonly (Sums & { readonly key: string | null })[]
  readonly others: Sums | null
  readonly custody: Sums & { readonly accounts: number }
  readonly treasuries: readonly { readonly shares: string; readonly amount: string }[]
  readonly reconciles: { readonly markets: readonly { readonly equal: boolean | null; readonly sumShares: string }[] }
  readonly complete: boolean
  readonly missing: readonly unknown[]
}

/** Decimal text with 8 decimals as units of 10^−8. */
const units = (text: unknown): bigint => {
  expect(text).toMatch(/^-?\d+\.\d{8}$/)
  return BigInt(String(text).replace('.', ''))
}
const sum = (values: readonly bigint[]) => values.reduce((left, right) => left + right, 0n)
const noDebt = 2n ** 256n - 1n

/** A few at a time: what is measured here is the answer, not the crowd. */
async function inBatches<T>(items: readonly T[], each: (item: T) => Promise<void>): Promise<void> {
  for (let start = 0; start < items.length; start += 8) await Promise.all(items.slice(start, start + 8).map(each))
}

describe('answers over HTTP', () => {
  let stack: Stack
  let accounts: readonly string[]

  const body = async (path: string): Promise<Body> => {
    const response = await stack.get(path)
    const text = await response.text()
    expect(response.status, text).toBe(200)
    return JSON.parse(text)
  }
  const ask = async (address: string, positions: readonly object[]): Promise<Body> => {
    const response = await fetch(`${stack.server.url}/v1/margin`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ addresses: [address], positions, finality: 'latest' }),
    })
    const text = await response.text()
    expect(response.status, text).toBe(200)
    return JSON.parse(text)
  }
  const chainNamed = (name: string) => stack.devnet.chain(name)
  const sampled = async (name: string, count: number): Promise<readonly number[]> => {
    const head = Number(await chainNamed(name).client.getBlockNumber())
    return Array.from({ length: count }, (_, index) => head - 4 * index)
  }

  beforeAll(async () => {
    stack = await startStack({ seed: 7 })
    accounts = stack.devnet.accounts.map(({ address }) => address.toLowerCase())
  }, 300_000)

  afterAll(() => stack?.stop())

  it('equal the protocol’s own view of every account, each at a third of twenty blocks of each chain', async () => {
    let compared = 0
    for (const { name } of stack.devnet.chains) {
      const chain = chainNamed(name)
      for (const blockNumber of await sampled(name, 20)) {
        // A third of them at each block.
        const asked = accounts.filter((_, index) => (index + blockNumber) % 3 === 0)
        await inBatches(asked, async (account) => {
          const answer = await body(`/v1/accounts/${account}/collateral?finality=latest&at=${name}:${blockNumber}`)
          const block = answer.asOf.chains[name]!
          expect(block.blockNumber).toBe(String(blockNumber))
          const own = await accountData(chain, chain.contracts.aave!, account as `0x${string}`, {
            blockHash: block.blockHash,
          })
          const unit = answer.lendingUnits.find(({ chain, protocol }) => chain === name && protocol === 'aave-v3')
          expect([
            unit?.collateralBaseRaw ?? '0',
            unit?.debtBaseRaw ?? '0',
            unit?.healthFactorRaw ?? String(noDebt),
          ]).toEqual([own.totalCollateralBase, own.totalDebtBase, own.healthFactor].map(String))
          compared++
        })
      }
    }
    expect(compared).toBeGreaterThan(stack.devnet.chains.length * 6 * accounts.length)
  }, 300_000)

  it(
    'agree with Aave’s own library on every health factor, up to roundings that are bounded',
    () => agreesWithAaveLibrary(stack),
    120_000,
  )

  it('give every Morpho position what the contract’s own library expects it to be', async () => {
    let compared = 0
    for (const { name } of stack.devnet.chains) {
      const chain = chainNamed(name)
      const morpho = chain.contracts.morpho!
      const blockNumber = await chain.client.getBlockNumber()
      await inBatches(accounts, async (account) => {
        const answer = await body(`/v1/accounts/${account}/collateral?finality=latest&at=${name}:${blockNumber}`)
        const at = { blockHash: answer.asOf.chains[name]!.blockHash }
        for (const { id, oracle, params } of Object.values(morpho.markets)) {
          const own = <T>(functionName: string) =>
            readContract<T>(
              chain,
              functionName === 'position' ? morpho.core : morpho.lens,
              functionName,
              [id, account],
              at,
            )
          const [, , pledged] = await own<readonly [bigint, bigint, bigint]>('position')
          const price = oracle === null ? 0n : await readContract<bigint>(chain, oracle, 'price', [], at)
          const worth = (pledged * price) / 10n ** 36n
          const debt = await own<bigint>('borrowAssets')
          const unit = answer.lendingUnits.find((row) => row.chain === name && row.unit === id)
          const row = (side: string) =>
            answer.collateral.find((each) => each.chain === name && each.market === id && each.side === side)
          expect(row('supply')?.amount ?? '0').toBe(String(await own<bigint>('supplyAssets')))
          expect(row('borrow')?.amount ?? '0').toBe(String(debt))
          expect(row('collateral')?.amount ?? '0').toBe(String(pledged))
          if (unit === undefined) continue
          const health = debt === 0n ? null : String((((worth * params.lltv) / 10n ** 18n) * 10n ** 18n) / debt)
          expect([unit.collateralBaseRaw, unit.debtBaseRaw, unit.healthFactorRaw]).toEqual([
            String(worth),
            String(debt),
            health,
          ])
          compared++
        }
      })
    }
    expect(compared).toBeGreaterThanOrEqual(20)
  }, 300_000)

  it('give vault shares the assets they convert to', async () => {
    let compared = 0
    const figures = new Map<string, Body>()
    await inBatches(accounts, async (account) => {
      figures.set(account, await body(`/v1/accounts/${account}/collateral?finality=latest`))
    })
    const depositors = accounts.filter((account) =>
      figures.get(account)!.collateral.some(({ protocol }) => protocol === 'erc4626'),
    )
    expect(depositors.length).toBeGreaterThan(1)
    for (const { name } of stack.devnet.chains) {
      const chain = chainNamed(name)
      const usdcVault = chain.contracts.vaults!.usdcVault!
      for (const blockNumber of await sampled(name, 20)) {
        for (const account of depositors) {
          const answer = await body(`/v1/accounts/${account}/collateral?finality=latest&at=${name}:${blockNumber}`)
          for (const row of answer.collateral.filter((each) => each.protocol === 'erc4626' && each.chain === name)) {
            const { blockHash } = answer.asOf.chains[name]!
            expect(row.shares).toBe(String(await readContract(chain, usdcVault, 'balanceOf', [account], { blockHash })))
            expect(row.amount).toBe(
              String(await readContract(chain, usdcVault, 'convertToAssets', [BigInt(row.shares)], { blockHash })),
            )
            compared++
          }
        }
      }
    }
    expect(compared).toBeGreaterThan(20)
  }, 300_000)

  it('sum their rows to their totals exactly', async () => {
    for (const account of accounts) {
      const answer = await body(`/v1/accounts/${account}/margin`)
      const assets = answer.collateral.filter(({ side }) => side !== 'borrow')
      const debts = answer.collateral.filter(({ side }) => side === 'borrow')
      const values = (rows: readonly Row[]) => sum(rows.map(({ marketValue }) => units(marketValue)))
      expect(values(assets)).toBe(units(answer.grossCollateralValue))
      expect(values(debts)).toBe(units(answer.debtValue))
      expect(sum(answer.collateral.map(({ credit }) => units(credit)))).toBe(units(answer.collateralCredit))
      for (const { marketValue, steps, credit } of assets)
        expect(units(marketValue) - sum(steps.map(({ amount }) => units(amount)))).toBe(units(credit))
      expect(units(answer.grossEquity)).toBe(units(answer.grossCollateralValue) - units(answer.debtValue))
      expect(units(answer.haircutTotal)).toBe(
        units(answer.grossEquity) + units(answer.nonRecourseShortfall) - units(answer.collateralCredit),
      )
      expect(units(answer.marginBalance)).toBe(
        sum(
          ['collateralCredit', 'cash', 'netOptionValue', 'unrealizedPnl', 'accruedFunding'].map((key) =>
            units(answer[key]),
          ),
        ) - units(answer.recourseDebt),
      )
      for (const kind of ['Initial', 'Maintenance'])
        expect(units(answer[`excess${kind}Margin`])).toBe(
          units(answer.marginBalance) - units(answer[`${kind.toLowerCase()}Margin`]),
        )
      expect(units(answer.initialMargin)).toBeGreaterThanOrEqual(units(answer.maintenanceMargin))
      expect(sum((answer.attribution as { amount: string }[]).map(({ amount }) => units(amount)))).toBe(
        units(answer.initialMargin),
      )
    }
  }, 120_000)

  it('are the same bytes for the same request at the same cut, under an entity tag', async () => {
    for (const account of accounts.slice(0, 8)) {
      for (const path of [`/v1/accounts/${account}/margin`, `/v1/accounts/${account}/collateral?finality=finalized`]) {
        const [first, second] = [await stack.get(path), await stack.get(path)]
        expect(await first.text()).toBe(await second.text())
        const tag = first.headers.get('etag')!
        expect(second.headers.get('etag')).toBe(tag)
        expect((await stack.get(path, { 'if-none-match': tag })).status).toBe(304)
      }
    }
  }, 120_000)

  it('carry what their state hash is taken of, and can be computed again from it alone', async () => {
    const texts: string[] = []
    const keep = async (response: Response) => {
      const text = await response.text()
      expect(response.status, text).toBe(200)
      texts.push(text)
    }
    const past = `alpha:${(await chainNamed('alpha').client.getBlockNumber()) - 5n}`
    await inBatches(accounts, async (account) => {
      for (const finality of ['latest', 'safe', 'finalized', 'conservative'])
        await keep(await stack.get(`/v1/accounts/${account}/margin?include=facts&finality=${finality}`))
      await keep(await stack.get(`/v1/accounts/${account}/collateral?include=facts&at=${past}`))
      const positions = [{ id: 'hedge', kind: 'perp', underlying: 'ETH', quantity: -1.5, entryPrice: '2500.10' }]
      const post = { method: 'POST', headers: { 'content-type': 'application/json' } }
      const body = JSON.stringify({ addresses: [account, accounts[0]], positions, model: 'cross', cash: 1000.25 })
      await keep(await fetch(`${stack.server.url}/v1/margin?include=facts`, { ...post, body }))
    })
    expect(texts.length).toBe(6 * accounts.length)
    // Those with and without past prices, at one cut and at two: every sixth is enough of each.
    for (const text of texts.filter((_, index) => index % 6 === 0)) {
      // The server lives in this process, and must get its turn.
      await nextTurn()
      const { facts, stateHash } = JSON.parse(text)
      expect(stateHashOf(facts)).toBe(stateHash)
      expect(verifyAnswer(text)).toMatchObject({ kind: 'verified', stateHash })
      expect(Object.keys(facts)).toEqual(
        expect.arrayContaining(['cut', 'chains', 'excluded', 'facts', 'parametersVersion', 'request']),
      )
    }
    const random = seededRandom(7, 'changes')
    for (let change = 0; change < 60; change++) {
      await nextTurn()
      const { changed, around } = changedCharacter(random.pick(texts), random)
      expect(verifyAnswer(changed).kind, around).not.toBe('verified')
    }
  }, 240_000)

  it('are complete, and differ between accounts', async () => {
    const figures: Body[] = []
    await inBatches(accounts, async (account) => {
      figures.push(await body(`/v1/accounts/${account}/margin?finality=latest`))
    })
    for (const figure of figures) expect(figure.missing).toEqual([])
    expect(new Set(figures.map(({ marginBalance }) => marginBalance)).size).toBeGreaterThanOrEqual(25)
  })

  it('ask less initial margin of a portfolio when a short perp hedges what it holds', async () => {
    const { address } = stack.devnet.accounts.find(({ shape }) => shape === 'free-ether')!
    const before = await ask(address, [])
    const after = await ask(address, [{ id: 'hedge', kind: 'perp', underlying: 'ETH', quantity: '-1' }])
    expect(units(before.initialMargin)).toBeGreaterThan(0n)
    expect(units(after.initialMargin)).toBeLessThan(units(before.initialMargin))
  })

  it('report a worst scenario whose loss follows from the prices and quantities beside it', async () => {
    const { address } = stack.devnet.accounts.find(({ shape }) => shape === 'nothing')!
    const answer = await ask(address, [{ id: 'eth', kind: 'perp', underlying: 'ETH', quantity: '3' }])
    const worst = answer.worstScenario as {
      readonly loss: string
      readonly pnl: string
      readonly weight: string
      readonly moves: readonly { readonly riskGroup: string; readonly price: string }[]
    }
    const priceOf = (asset: string) =>
      Number((answer.prices as { asset: string; price: string }[]).find((row) => row.asset === asset)!.price)
    const moveOf = (group: string) => Number(worst.moves.find(({ riskGroup }) => riskGroup === group)?.price ?? 0)
    const pnl = 3 * priceOf('WETH') * moveOf('ETH')
    expect(pnl).toBeLessThan(0)
    expect(Number(worst.pnl)).toBeCloseTo(pnl, 4)
    expect(Number(worst.loss)).toBeCloseTo(-pnl * Number(worst.weight), 4)
  })

  it('refuse what the engine cannot read, at its place in the body', async () => {
    const post = async (body: object) => {
      const response = await fetch(`${stack.server.url}/v1/margin`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ addresses: [], ...body }),
      })
      return [response.status, response.headers.get('content-type'), await response.json()]
    }
    const perp = { id: 'a', kind: 'perp', underlying: 'ETH', quantity: '1' }
    for (const [body, status, code, pointer] of [
      [{ positions: [perp, perp] }, 400, 'OUT_OF_RANGE', '/positions/1/id'],
      [{ positions: [{ ...perp, quantity: '1e300' }] }, 400, 'OUT_OF_RANGE', '/positions/0/quantity'],
      [{ positions: [{ ...perp, underlying: 'NOPE' }] }, 422, 'NOT_FOUND', '/marketData/assets/NOPE/indexPrice'],
      [{ marketData: { assets: { ETH: { price: 1 } } } }, 400, 'UNKNOWN_FIELD', '/marketData/assets/ETH/price'],
      [{ parameters: 'house-99' }, 422, 'NOT_FOUND', '/parameters'],
    ] as const)
      expect(await post(body)).toMatchObject([status, 'application/problem+json', { code, pointer }])
  })

  it('refuse instants that are not indexed', async () => {
    const [account] = accounts
    for (const [at, status, code] of [
      ['2100-01-01T00:00:00Z', 422, 'AT_NOT_INDEXED'],
      ['2001-01-01T00:00:00Z', 422, 'AT_NOT_INDEXED'],
      ['alpha:99999999', 422, 'AT_NOT_INDEXED'],
      ['gamma:1', 400, 'BAD_CHAIN'],
      ['yesterday', 400, 'BAD_TYPE'],
    ] as const) {
      const response = await stack.get(`/v1/accounts/${account}/margin?at=${at}`)
      expect([response.status, (await response.json()) as object]).toMatchObject([status, { code, pointer: '/at' }])
    }
  })

  it('are added up over all accounts without counting a dollar twice, and to the share', async () => {
    for (const { name } of stack.devnet.chains) {
      for (const blockNumber of await sampled(name, 2)) {
        const at = `${name}:${blockNumber}`
        const books: Book[] = []
        for (const by of ['asset', 'protocol', 'chain', 'issuer', 'oracle', 'curator', 'account'])
          books.push((await body(`/v1/risk/concentration?by=${by}&at=${at}&limit=500`)) as unknown as Book)
        for (const { rows, total, others, reconciles, complete, missing } of books) {
          expect([complete, missing, others]).toEqual([true, [], null])
          expect(sum(rows.map(({ value }) => units(value)))).toBe(units(total.value))
          expect(sum(rows.map(({ debt }) => units(debt)))).toBe(units(total.debt))
          expect(total).toEqual(books[0]!.total)
          expect(reconciles.markets.filter(({ equal }) => equal === false)).toEqual([])
          expect(reconciles.markets.filter(({ equal }) => equal).length).toBeGreaterThan(10)
          expect(
            reconciles.markets.filter(({ equal, sumShares }) => equal && sumShares !== '0').length,
          ).toBeGreaterThan(5)
        }
        const short = (await body(`/v1/risk/concentration?at=${at}&limit=1`)) as unknown as Book
        expect(units(short.rows[0]!.value) + units(short.others!.value)).toBe(units(books[0]!.total.value))
        await expectSumOfFigures(books.at(-1)!, at)
      }
    }
  }, 300_000)

  /** The value by account is what each account's own figure says, one by one. */
  async function expectSumOfFigures({ rows }: Book, at: string): Promise<void> {
    expect(rows.length).toBeGreaterThanOrEqual(25)
    await inBatches(rows, async ({ key, value, debt }) => {
      const own = await body(`/v1/accounts/${key}/collateral?finality=latest&at=${at}`)
      expect([key, own.grossCollateralValue, own.debtValue]).toEqual([key, value, debt])
    })
  }

  it('leave out contracts that hold for others, and nobody else', async () => {
    const { rows, custody, treasuries, asOf } = (await body(
      '/v1/risk/concentration?by=account&limit=500',
    )) as unknown as Book & Body
    const owners = new Set(rows.map(({ key }) => key))
    for (const { name, contracts } of stack.devnet.chains) {
      const { reserves } = contracts.aave!
      for (const { aToken } of Object.values(reserves)) expect(owners).not.toContain(aToken.address.toLowerCase())
      for (const { address } of Object.values(contracts.vaults ?? {}))
        expect(owners).not.toContain(address.toLowerCase())
      expect(asOf.chains[name]).toBeDefined()
    }
    expect(custody.accounts).toBeGreaterThan(2)
    expect(units(custody.value)).toBeGreaterThan(0n)
    for (const account of stack.devnet.accounts.filter(({ shape }) => shape.startsWith('whale')))
      expect(owners).toContain(account.address.toLowerCase())
    for (const { shares, amount } of treasuries) {
      expect(BigInt(shares)).toBeGreaterThan(0n)
      expect(BigInt(amount)).toBeGreaterThanOrEqual(BigInt(shares))
    }
  })

  it('are read page by page as they are read at once', async () => {
    const database = openDatabase(stack.databaseUrl)
    try {
      await database.snapshot(async (snapshot) => {
        const { schema } = (await loadDeployments(snapshot)).get('alpha')!
        const blockNumber = String(await chainNamed('alpha').client.getBlockNumber())
        const read = async (rowsPerPage: number) => {
          const book = await loadBook(
            snapshot,
            { schema, chainId: stack.config.chains.alpha!.chainId, blockNumber, poolWindowStart: 0 },
            rowsPerPage,
          )
          const pages: BookPage[] = []
          for await (const page of book.pages()) pages.push(page)
          return pages
        }
        const [whole] = await read(100_000)
        const parts = await read(7)
        expect(parts.length).toBeGreaterThan(10)
        const sorted = (rows: readonly object[]) => rows.map((row) => JSON.stringify(row)).sort()
        expect(sorted(parts.flatMap(({ positions }) => positions))).toEqual(sorted(whole!.positions))
        expect(sorted(parts.flatMap(({ lendingAccounts }) => lendingAccounts))).toEqual(sorted(whole!.lendingAccounts))
        const pagesOf = parts.flatMap(({ positions }) => [...new Set(positions.map(({ account }) => account))])
        expect(new Set(pagesOf).size).toBe(pagesOf.length)
      })
    } finally {
      await database.close()
    }
  })

  it('say what is covered, worth how much, and refuse axes that are none', async () => {
    const coverage = (await body('/v1/coverage')) as unknown as {
      readonly chains: Readonly<
        Record<
          string,
          {
            readonly deployments: readonly { readonly indexed: boolean; readonly reasonCode: string | null }[]
            readonly secured: readonly {
              readonly protocol: string
              readonly accounts: number
              readonly value: string
            }[]
            readonly tokens: readonly unknown[]
          }
        >
      >
    }
    for (const { name } of stack.devnet.chains) {
      const { deployments, secured, tokens } = coverage.chains[name]!
      expect(deployments.length).toBeGreaterThan(3)
      expect(deployments.filter(({ indexed, reasonCode }) => indexed !== (reasonCode === null))).toEqual([])
      expect(units(secured.find(({ protocol }) => protocol === 'aave-v3')!.value)).toBeGreaterThan(0n)
      expect(tokens.length).toBeGreaterThan(3)
    }
    const tagged = await stack.get('/v1/coverage')
    const tag = tagged.headers.get('etag')!
    expect(tag).toBe(`"${((await tagged.json()) as { stateHash: string }).stateHash}"`)
    expect((await stack.get('/v1/coverage', { 'if-none-match': tag })).status).toBe(304)
    const response = await stack.get('/v1/risk/concentration?by=mood')
    expect([response.status, (await response.json()) as object]).toMatchObject([
      400,
      { code: 'BAD_TYPE', pointer: '/by' },
    ])
  })

  it('say what a venue can do, from the instant it was agreed on and not before', async () => {
    const pool = openPool(stack.databaseUrl, 'test', 1)
    try {
      const borrower = accounts.find((_, index) => stack.devnet.accounts[index]!.shape === 'whale-borrower')!
      const path = `/v1/accounts/${borrower}/margin?venue=acme&finality=latest&include=facts`
      const before = await body(path)
      const { cut } = before.asOf
      const past = await (await stack.get(`${path}&at=${cut}`)).text()
      const terms = { venue: 'acme', account: borrower, chain: '*', control: 'enforceable' } as const
      await noteAgreement(pool, { ...terms, protocol: '*', unwindable: false }, { since: null, now: null })
      const { since } = await noteAgreement(
        pool,
        { ...terms, protocol: 'aave-v3', unwindable: true },
        { since: null, now: null },
      )
      expect(await (await stack.get(`${path}&at=${cut}`)).text()).toBe(past)
      for (const chain of stack.devnet.chains) await chain.mine({ timestamp: since + 60 })
      await stack.indexed()
      expect(await (await stack.get(`${path}&at=${cut}`)).text()).toBe(past)

      const text = await (await stack.get(path)).text()
      const after = JSON.parse(text) as Body
      expect(verifyAnswer(text)).toMatchObject({ kind: 'verified', stateHash: after.stateHash })
      expect(before).toMatchObject({ venue: 'acme', agreements: [], enforceableCredit: '0.00000000' })
      expect(after).toMatchObject({ venue: 'acme', indicativeReason: null, indicativeCredit: '0.00000000' })
      expect(after.agreements).toHaveLength(2)
      expect(after.enforceableCredit).toBe(after.collateralCredit)
      expect(units(after.collateralCredit)).toBeGreaterThan(units(before.collateralCredit))
      expect(after.lendingUnits.length).toBeGreaterThan(0)
      for (const unit of after.lendingUnits) expect(unit).toMatchObject({ control: 'enforceable', unwindable: true })
      const stranger = await body(`/v1/accounts/${borrower}/margin?venue=other&finality=latest`)
      expect(stranger).toMatchObject({ agreements: [], indicativeCredit: stranger.collateralCredit })

      // A replica that the migration has not reached yet.
      await pool.query('ALTER TABLE offchain.control RENAME TO control_later')
      expect((await stack.get(path)).status).toBe(503)
      expect((await stack.get(`/v1/accounts/${borrower}/margin`)).status).toBe(200)
      await pool.query('ALTER TABLE offchain.control_later RENAME TO control')
    } finally {
      await pool.end()
    }
  }, 120_000)

  it('describe the markets as their own views do', async () => {
    for (const { name } of stack.devnet.chains) {
      const chain = chainNamed(name)
      const aave = chain.contracts.aave!
      const answer = await body(`/v1/markets?chain=${name}&at=${name}:${await chain.client.getBlockNumber()}`)
      const { blockHash } = answer.asOf.chains[name]!
      const all = answer.markets as readonly Record<string, string>[]
      const markets = all.filter(({ protocol }) => protocol === 'aave-v3')
      expect(markets.length).toBe(Object.keys(aave.reserves).length)
      for (const { underlying, aToken, variableDebtToken } of Object.values(aave.reserves)) {
        const market = markets.find(({ token }) => token === underlying.address.toLowerCase())!
        const read = (contract: Parameters<typeof readContract>[1], name_: string, args: readonly unknown[] = []) =>
          readContract(chain, contract, name_, args, { blockHash }).then(String)
        expect(market).toMatchObject({
          supplyIndex: await read(aave.pool, 'getReserveNormalizedIncome', [underlying.address]),
          borrowIndex: await read(aave.pool, 'getReserveNormalizedVariableDebt', [underlying.address]),
          totalSupply: await read(aToken, 'totalSupply'),
          totalBorrow: await read(variableDebtToken, 'totalSupply'),
          oraclePriceRaw: await read(aave.oracle, 'getAssetPrice', [underlying.address]),
        })
      }
      const morpho = chain.contracts.morpho!
      const morphoMarkets = all.filter(({ protocol }) => protocol === 'morpho-blue')
      expect(morphoMarkets.map(({ market }) => market).sort()).toEqual(
        Object.values(morpho.markets)
          .map(({ id }) => id)
          .sort(),
      )
      for (const { id, oracle } of Object.values(morpho.markets)) {
        const at = { blockHash }
        const balances = await readContract<readonly bigint[]>(chain, morpho.lens, 'marketBalances', [id], at)
        const [totalSupply, scaledSupply, totalBorrow, scaledBorrow] = balances.map(String)
        expect(morphoMarkets.find(({ market }) => market === id)).toMatchObject({
          ...{ totalSupply, scaledSupply, totalBorrow, scaledBorrow },
          oraclePriceRaw: oracle === null ? null : String(await readContract<bigint>(chain, oracle, 'price', [], at)),
        })
      }
    }
  })
})
