import type { Address } from 'viem'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { amountOf } from '../../../devnet/amountOf'
import type { AssetSymbol } from '../../../devnet/assets'
import { contractCall } from '../../../devnet/chain/contractCall'
import { readContract } from '../../../devnet/chain/readContract'
import type { Call } from '../../../devnet/chain/types'
import { loadArtifacts } from '../../../devnet/compile/loadArtifacts'
import { deployCompoundV3, deployDelisting } from '../../../devnet/deploy/deployCompoundV3'
import type { Comet } from '../../../devnet/deploy/types'
import { describeConfig } from '../../../devnet/describeConfig'
import { initialWalk, moveEther } from '../../../devnet/market/prices'
import { actOnComet } from '../../../devnet/operations/actOnComet'
import { approve } from '../../../devnet/operations/approve'
import { mintTokens } from '../../../devnet/operations/mintTokens'
import { submitPrices } from '../../../devnet/operations/submitPrices'
import { deriveActor } from '../../../devnet/seed/actors'
import type { DevnetChain } from '../../../devnet/types'
import { factsAt } from '../support/factsAt'
import { startIndexer } from '../support/startIndexer'
import { type ProtocolTest, startProtocolTest } from '../support/startProtocolTest'
import { checkComet } from './checkComet'
import { walkComet } from './cometWalk'

const schema = 'idx_alpha_comet'
const steps = 66

describe('Compound v3 facts, accrued, against the contract’s own views', () => {
  let test: ProtocolTest
  let chain: DevnetChain
  let comet: Comet
  let walk: ReturnType<typeof walkComet>
  let accounts: readonly Address[]

  beforeAll(async () => {
    test = await startProtocolTest({
      ...{ chains: 1, content: 'empty', stayInPast: true },
      schemaOf: () => schema,
      steps,
      async prepare({ chain: chainOf, owner: { address: owner }, seed }) {
        chain = chainOf('alpha')
        const { compoundV3 } = await loadArtifacts(() => {})
        comet = await deployCompoundV3(chain, compoundV3, owner, chain.contracts)
        accounts = Array.from({ length: 7 }, (_, index) => deriveActor(seed, `walker ${index}`).address)
        walk = walkComet(chain, chain.contracts, comet, { owner, accounts, seed: 1 })
        return { walk, config: describeConfig([{ chain, contracts: { ...chain.contracts, comet } }]) }
      },
    })
  }, 300_000)

  afterAll(() => test?.stop())

  const compare = (block: bigint, whose = accounts) =>
    checkComet({ chain, foundation: chain.contracts, comet, database: test.database, schema, accounts: whose }, block)

  it('walked through everything a Comet offers', () => {
    const seen = JSON.stringify([...walk.counts])
    for (const kind of ['supply', 'borrow', 'transferOfDebt', 'supplyCollateral', 'transfer', 'transferCollateral'])
      expect(walk.counts.get(kind), `${kind} of ${seen}`).toBeGreaterThanOrEqual(3)
    for (const kind of ['withdraw', 'transferOfDebtThroughContract', 'withdrawCollateral', 'repayAll', 'absorb'])
      expect(walk.counts.get(kind), `${kind} of ${seen}`).toBeGreaterThanOrEqual(1)
    for (const kind of [
      'manage',
      'forbid',
      'buyCollateral',
      'accrue',
      'donate',
      'withdrawReserves',
      'pause',
      'upgrade',
    ])
      expect(walk.counts.get(kind), `${kind} of ${seen}`).toBeGreaterThanOrEqual(1)
  })

  it('is equal in every block', { timeout: 300_000 }, async () => {
    let total = 0
    for (const block of test.walked) {
      const { compared, differences } = await compare(block)
      expect(differences, `block ${block}`).toEqual([])
      total += compared
    }
    expect(total).toBeGreaterThan(4_500)
  })

  it('keeps who may act for whom', async () => {
    const rows = await factsAt(test.indexer('alpha').pool, schema, 'lending_account', test.walked.at(-1)!)
    const everybody = [...accounts, chain.contracts.multicall3.address]
    for (const account of accounts) {
      const row = rows.find((one) => one.account === account.toLowerCase())
      const allowed = await Promise.all(
        everybody.map((other) =>
          chain.client.readContract({ ...comet.core, functionName: 'isAllowed', args: [account, other] }),
        ),
      )
      const expected = everybody.filter((_, index) => allowed[index]).map((other) => other.toLowerCase())
      expect(JSON.parse(row?.authorisations ?? '[]')).toEqual(expected.sort())
    }
  })

  it('takes prices from the events of its feeds, and polls none of them', async () => {
    const { rows } = await test.indexer('alpha').pool.query(`SELECT polled FROM ${schema}.feed_watch`)
    const polled: readonly string[] = rows.flatMap((row) => row.polled)
    const feeds = Object.values(chain.contracts.feeds).map(({ proxy }) => proxy.address.toLowerCase())
    expect(feeds.filter((feed) => polled.includes(feed))).toEqual([])
    const prices = await factsAt(test.indexer('alpha').pool, schema, 'price', test.walked.at(-1)!)
    const own = prices.filter(({ feed }) => feeds.includes(feed!))
    expect(own).toHaveLength(feeds.length)
    expect(new Set(own.map(({ status }) => status))).toEqual(new Set(['ok']))
  })

  it('reads older blocks without a look at each of them as they stood', { timeout: 120_000 }, async () => {
    const { description } = test.indexer('alpha')
    const compoundV3 = { ...description.resolved.compoundV3, pollFrom: 2 ** 31 }
    const prepared = { ...description, resolved: { ...description.resolved, compoundV3 } }
    const lazy = await startIndexer(null, 'alpha', test.databaseUrl, 'idx_alpha_lazy', prepared)
    try {
      await lazy.indexed(test.walked.at(-1)!)
      const states =
        'supply_index, borrow_index, supply_rate, borrow_rate, total_supply, total_borrow, liquidity, accrued_at'
      for (const [table, key, columns] of [
        ['market_state', 'market', states],
        ['position', 'market, account, side', 'raw'],
      ] as const) {
        const { rows } = await lazy.pool.query(
          `SELECT block_number, ${key}, ${columns} FROM idx_alpha_lazy.${table}_history WHERE protocol = 'compound-v3'`,
        )
        expect(rows.length, table).toBeGreaterThan(60)
        for (const { block_number: block, ...row } of rows) {
          const where = key.split(', ').map((column, index) => `${column} = $${index + 2}`)
          const values = key.split(', ').map((column) => row[column])
          const polled = await test.indexer('alpha').pool.query(
            `SELECT ${key}, ${columns} FROM ${schema}.${table}_history
             WHERE block_number <= $1 AND ${where.join(' AND ')} ORDER BY block_number DESC LIMIT 1`,
            [block, ...values],
          )
          expect(row, `${table} ${block}`).toEqual(polled.rows[0])
        }
      }
    } finally {
      await lazy.stop()
    }
  })

  it('does not count what an absorption left of a delisted asset', { timeout: 60_000 }, async () => {
    const { tokens, feeds } = chain.contracts
    const { owner, seed } = test.devnet
    const [debtor, lender] = ['delisted', 'lender'].map((name) => deriveActor(seed, name).address) as [Address, Address]
    const { compoundV3 } = await loadArtifacts(() => {})
    const use = (code: Address) => contractCall(owner.address, comet.proxy, 'upgradeTo', [code])
    const supply = (account: Address, asset: AssetSymbol, amount: bigint) => [
      mintTokens(tokens[asset], account, amount),
      approve(tokens[asset], account, comet.core.address),
      actOnComet(comet, account, { kind: 'supply', token: tokens[asset], amount }),
    ]
    const borrow = (amount: bigint) => actOnComet(comet, debtor, { kind: 'withdraw', token: tokens.USDC, amount })
    const mine = async (...calls: readonly Call[]) => {
      for (const call of calls) await chain.send(call)
      return (await chain.mine({ timestamp: (await chain.timestamp()) + 12 })).number
    }
    const worth = (asset: AssetSymbol, dollars: number) => amountOf(asset, dollars, initialWalk.prices[asset])
    const delisting = await deployDelisting(chain, compoundV3, owner.address, chain.contracts, 'wstETH')
    const open = contractCall(owner.address, comet.core, 'pause', [false, false, false, false, false])
    await submitPrices(chain, feeds, owner.address, initialWalk.prices)
    const blocks = [
      await mine(open, use(comet.implementations.usual), ...supply(lender, 'USDC', worth('USDC', 90_000))),
      await mine(
        ...supply(debtor, 'wstETH', worth('wstETH', 50_000)),
        ...supply(debtor, 'WETH', worth('WETH', 10_000)),
      ),
      await mine(borrow(worth('USDC', 20_000))),
      await mine(use(delisting.address)),
      await mine(actOnComet(comet, lender, { kind: 'absorb', borrower: debtor })),
      await mine(use(comet.implementations.usual), ...supply(debtor, 'WETH', worth('WETH', 10_000))),
      await mine(borrow(worth('USDC', 8_000))),
    ]
    await submitPrices(chain, feeds, owner.address, moveEther(initialWalk, 0.85).prices)
    blocks.push(await mine())
    const [left, debt, isLiquidatable] = await Promise.all([
      readContract<readonly bigint[]>(chain, comet.core, 'userCollateral', [debtor, tokens.wstETH.address]),
      readContract<bigint>(chain, comet.core, 'borrowBalanceOf', [debtor]),
      readContract<boolean>(chain, comet.core, 'isLiquidatable', [debtor]),
    ])
    expect([left[0], debt > 0n, isLiquidatable]).toEqual([worth('wstETH', 50_000), true, true])
    await test.indexer('alpha').indexed(blocks.at(-1)!)
    for (const block of blocks)
      expect((await compare(block, [debtor, lender])).differences, `block ${block}`).toEqual([])
  })

  it('stays equal when blocks are replaced', { timeout: 120_000 }, async () => {
    const before = await walk.step()
    await test.indexer('alpha').indexed(before)
    await chain.client.request({ method: 'anvil_rollback', params: [3] } as never)
    const after = []
    for (let block = 0; block < 5; block++) after.push(await walk.step())
    await test.indexer('alpha').indexed(after.at(-1)!)
    for (const block of after) expect((await compare(block)).differences, `block ${block}`).toEqual([])
  })
})
