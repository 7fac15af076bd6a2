import { type Address, parseAbiItem, zeroAddress } from 'viem'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contractCall } from '../../../devnet/chain/contractCall'
import { deriveActor } from '../../../devnet/seed/actors'
import type { DevnetChain } from '../../../devnet/types'
import { factsAt } from '../support/factsAt'
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
})
