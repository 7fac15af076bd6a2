import { type Address, parseAbiItem, zeroAddress } from 'viem'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contractCall } from '../../../devnet/chain/contractCall'
import { loadArtifacts } from '../../../devnet/compile/loadArtifacts'
import { deployMorphoBlue } from '../../../devnet/deploy/deployMorphoBlue'
import { initialWalk } from '../../../devnet/market/prices'
import { approve } from '../../../devnet/operations/approve'
import { mintTokens } from '../../../devnet/operations/mintTokens'
import { deriveActor } from '../../../devnet/seed/actors'
import type { DevnetChain } from '../../../devnet/types'
import { factsAt } from '../support/factsAt'
import { startIndexer } from '../support/startIndexer'
import { type ProtocolTest, startProtocolTest } from '../support/startProtocolTest'
import { checkMorphoBlue } from './checkMorphoBlue'
import { walkMorpho } from './morphoWalk'

const schema = 'idx_alpha_morpho'
const steps = 90
const liquidateEvent = parseAbiItem(
  'event Liquidate(bytes32 indexed id, address indexed caller, address indexed borrower, uint256 repaidAssets, uint256 repaidShares, uint256 seizedAssets, uint256 badDebtAssets, uint256 badDebtShares)',
)

describe('Morpho Blue facts, accrued, against the contract’s own views', () => {
  let test: ProtocolTest
  let chain: DevnetChain
  let walk: ReturnType<typeof walkMorpho>
  let accounts: readonly Address[]

  beforeAll(async () => {
    test = await startProtocolTest({
      ...{ chains: 1, content: 'market', stayInPast: true },
      schemaOf: () => schema,
      steps,
      async prepare({ chain: chainOf, owner, seed }) {
        chain = chainOf('alpha')
        const walkers = Array.from({ length: 7 }, (_, index) => deriveActor(seed, `walker ${index}`).address)
        accounts = [...walkers, deriveActor(seed, 'treasury').address]
        walk = walkMorpho(chain, owner.address, accounts, 1)
        return { walk }
      },
    })
  }, 300_000)

  afterAll(() => test?.stop())

  async function compare(block: bigint) {
    const markets = Object.values(chain.contracts.morpho!.markets)
    return checkMorphoBlue({ chain, database: test.database, schema, accounts, markets }, block)
  }

  it('walked through everything Morpho offers', async () => {
    const total = [...walk.counts.values()].reduce((sum, count) => sum + count, 0)
    expect(total, JSON.stringify([...walk.counts])).toBeGreaterThanOrEqual(200)
    for (const kind of ['supply', 'supplyShares', 'withdraw', 'withdrawAssets', 'supplyCollateral'])
      expect(walk.counts.get(kind), kind).toBeGreaterThanOrEqual(5)
    for (const kind of ['withdrawCollateral', 'borrow', 'repay', 'authorise', 'liquidate', 'setFee', 'setFeeRecipient'])
      expect(walk.counts.get(kind), kind).toBeGreaterThanOrEqual(5)
    for (const kind of ['borrowForAnother', 'flashLoan', 'accrue'])
      expect(walk.counts.get(kind), kind).toBeGreaterThanOrEqual(3)
    const { core } = chain.contracts.morpho!
    const logs = await chain.client.getLogs({ address: core.address, event: liquidateEvent, fromBlock: 0n })
    expect(logs.filter(({ args }) => args.badDebtAssets! > 0n).length).toBeGreaterThanOrEqual(3)
  })

  it('is equal in every block', { timeout: 300_000 }, async () => {
    let total = 0
    for (const block of test.walked) {
      const { compared, differences } = await compare(block)
      expect(differences, `block ${block}`).toEqual([])
      total += compared
    }
    expect(total).toBeGreaterThan(5_000)
  })

  it('keeps who may act for whom, and who receives fees', async () => {
    const { core } = chain.contracts.morpho!
    const rows = await factsAt(test.indexer('alpha').pool, schema, 'lending_account', test.walked.at(-1)!)
    for (const account of accounts) {
      const row = rows.find((one) => one.protocol === 'morpho-blue' && one.account === account.toLowerCase())
      const indexed: string[] = JSON.parse(row?.authorisations ?? '[]')
      const allowed = await Promise.all(
        accounts.map((other) =>
          chain.client.readContract({ ...core, functionName: 'isAuthorized', args: [account, other] }),
        ),
      )
      const expected = accounts.filter((_, index) => allowed[index]).map((other) => other.toLowerCase())
      expect(indexed).toEqual(expected.sort())
    }
    const contract = (await factsAt(test.indexer('alpha').pool, schema, 'market', test.walked.at(-1)!)).find(
      ({ market }) => market === core.address.toLowerCase(),
    )!
    const recipient = await chain.client.readContract({ ...core, functionName: 'feeRecipient' })
    expect(contract).toMatchObject({
      kind: 'pool',
      fee_recipient: String(recipient).toLowerCase(),
      owner: test.devnet.owner.address.toLowerCase(),
    })
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

  it('goes on when a market’s tokens, oracle or rate model are nothing of the sort', { timeout: 120_000 }, async () => {
    const morpho = chain.contracts.morpho!
    const { wethUsdc } = morpho.markets
    const owner = test.devnet.owner.address
    const feed = chain.contracts.feeds.WETH.proxy.address
    const odd = [
      // A price feed is no oracle, the owner no token, and nothing no oracle either.
      { ...wethUsdc.params, oracle: feed },
      { ...wethUsdc.params, loanToken: owner, collateralToken: zeroAddress, oracle: zeroAddress },
      { ...wethUsdc.params, loanToken: owner },
    ]
    for (const params of odd) await chain.send(contractCall(owner, morpho.core, 'createMarket', [params]))
    const { number } = await chain.mine()
    await test.indexer('alpha').indexed(number)
    const { differences } = await compare(number)
    expect(differences).toEqual([])
    const prices = await factsAt(test.indexer('alpha').pool, schema, 'price', number)
    expect(prices.find((row) => row.feed === `${feed.toLowerCase()}a035b1fe`)?.status).toBe('refused')
    // What the feed says of itself is untouched.
    const feeds = await factsAt(test.indexer('alpha').pool, schema, 'feed', number)
    expect(feeds.find((row) => row.feed === feed.toLowerCase())?.decimals).toBe('8')
    const markets = await factsAt(test.indexer('alpha').pool, schema, 'market', number)
    expect(markets.filter(({ protocol, kind }) => protocol === 'morpho-blue' && kind === 'market')).toHaveLength(7)
  })

  it('begins in the middle with whole positions, and keeps two contracts apart', { timeout: 120_000 }, async () => {
    const first = chain.contracts.morpho!
    const owner = test.devnet.owner.address
    const { morphoBlue } = await loadArtifacts(() => {})
    const second = await deployMorphoBlue(chain, morphoBlue, owner, owner, chain.contracts, initialWalk.prices)
    // Without an oracle and a rate model, the market has the same id in both.
    const { id, params } = second.markets.idleUsdc
    expect(id).toBe(first.markets.idleUsdc.id)
    const [account] = accounts as readonly [Address]
    const usdc = chain.contracts.tokens.USDC
    await chain.send(mintTokens(usdc, account, 70_000_000n))
    await chain.send(approve(usdc, account, second.core.address))
    await chain.send(contractCall(account, second.core, 'supply', [params, 70_000_000n, 0n, account, '0x']))
    const { number } = await chain.mine()

    const [name, alpha] = Object.entries(test.devnet.config.chains!)[0]!
    const { chainId, rpc, multicall3 } = alpha
    const start = Number(test.walked[steps / 2]!)
    const morphos = [
      { ...alpha.morphoBlue![0]!, startBlock: start },
      { address: second.core.address, irm: { [second.adaptiveCurve.address]: 'adaptive-curve' }, startBlock: start },
    ] as typeof alpha.morphoBlue
    const config = { builtin: false, chains: { [name]: { chainId, rpc, multicall3, morphoBlue: morphos } } }
    const late = await startIndexer(config, name, test.databaseUrl, 'idx_alpha_late')
    try {
      await late.indexed(number)
      const openings = await late.pool.query('SELECT * FROM idx_alpha_late.opening ORDER BY protocol')
      const older = { contract: first.core.address.toLowerCase(), block_number: String(start - 1) }
      // Its configured beginning is not its creation, so it may have markets nobody can list.
      expect(openings.rows).toMatchObject([
        { protocol: 'morpho-blue', ...older },
        { protocol: 'morpho-blue:unlisted', ...older },
      ])

      const rows = (await factsAt(late.pool, 'idx_alpha_late', 'position', number)) as readonly Record<string, string>[]
      const held = new Map(rows.map((row) => [`${row.market} ${row.account}`, [] as Record<string, string>[]]))
      for (const row of rows) held.get(`${row.market} ${row.account}`)!.push(row)
      expect(held.size).toBeGreaterThan(10)
      const before = await factsAt(test.indexer('alpha').pool, schema, 'position', BigInt(start - 1))
      const opened = rows.filter((row) =>
        before.some((old) => row.market!.endsWith(`:${old.market}`) && old.account === row.account && old.raw !== '0'),
      )
      expect(opened.length).toBeGreaterThan(5)
      for (const [key, sides] of held) {
        const [morpho, market, holder] = key.split(/[ :]/) as [Address, Address, Address]
        const read = { address: morpho, abi: first.core.abi, functionName: 'position', args: [market, holder] } as const
        const [supply, borrow, collateral] = (await chain.client.readContract({
          ...read,
          blockNumber: number,
        })) as bigint[]
        const told = Object.fromEntries(sides.map(({ side, raw }) => [side, raw]))
        const isOld = morpho === first.core.address.toLowerCase()
        expect(told, key).toEqual({
          ...(isOld || supply !== 0n ? { supply: String(supply) } : {}),
          ...(isOld || borrow !== 0n ? { borrow: String(borrow) } : {}),
          ...(isOld || collateral !== 0n ? { collateral: String(collateral) } : {}),
        })
      }
      const keyOfSecond = `${second.core.address.toLowerCase()}:${id} ${account.toLowerCase()}`
      expect(held.get(keyOfSecond)).toHaveLength(1)
      expect(held.get(`${first.core.address.toLowerCase()}:${id} ${account.toLowerCase()}`)).not.toEqual(
        held.get(keyOfSecond),
      )
      const states = await factsAt(late.pool, 'idx_alpha_late', 'market_state', number)
      for (const { market, ...state } of states.filter(({ protocol }) => protocol === 'morpho-blue')) {
        const [morpho, of] = market!.split(':') as [Address, Address]
        const read = { address: morpho, abi: first.core.abi, functionName: 'market', args: [of] } as const
        const stored = (await chain.client.readContract({ ...read, blockNumber: number })) as bigint[]
        const ours = [state.supply_index, state.total_supply, state.borrow_index, state.total_borrow, state.accrued_at]
        // What accrues in silence says nothing of when.
        const count = state.borrow_index === '0' ? 4 : 5
        expect(ours.slice(0, count), market!).toEqual(stored.slice(0, count).map(String))
      }
    } finally {
      await late.stop()
    }
  })
})
