import { type Address, parseAbi } from 'viem'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { approve } from '../../../devnet/operations/approve'
import { mintTokens } from '../../../devnet/operations/mintTokens'
import { supply } from '../../../devnet/operations/supply'
import { factsAt } from '../support/factsAt'
import { startIndexer } from '../support/startIndexer'
import { type ProtocolTest, startProtocolTest } from '../support/startProtocolTest'
import { type AaveV3Check, checkAaveV3 } from './checkAaveV3'

const abi = parseAbi([
  'function scaledBalanceOf(address) view returns (uint256)',
  'function principalBalanceOf(address) view returns (uint256)',
])
const versions = { alpha: '3.6', beta: '3.0' } as const
type Name = keyof typeof versions
const names = Object.keys(versions) as Name[]

describe('Aave v3 facts against the contracts’ own views', () => {
  let test: ProtocolTest

  beforeAll(async () => {
    test = await startProtocolTest({ chains: 2, aave: { beta: '3.0' }, schemaOf: (chain) => `idx_${chain}_test` })
  })

  afterAll(() => test?.stop())

  async function compare(name: Name, block: bigint) {
    await test.indexer(name).indexed(block)
    const { client, contracts } = test.devnet.chain(name)
    const aave = contracts.aave!
    const check: AaveV3Check = {
      client: client as never,
      multicall3: contracts.multicall3.address,
      database: test.indexer(name),
      pool: aave.pool.address.toLowerCase() as Address,
      oracle: aave.oracle.address,
      version: versions[name],
      accounts: test.devnet.actors.map(({ address }) => address.toLowerCase() as Address),
    }
    const { compared, differences } = await checkAaveV3(check, block)
    expect(compared).toBeGreaterThan(100)
    expect(differences, `${name}, block ${block}`).toEqual([])
  }

  it.each(names)(
    'is equal on %s in every twentieth block of the seeded history',
    { timeout: 300_000 },
    async (name) => {
      const head = await test.devnet.chain(name).client.getBlockNumber()
      const start = BigInt(test.devnet.chain(name).contracts.aave!.startBlock) + 5n
      for (let block = head; block > start; block -= 20n) await compare(name, block)
    },
  )

  it.each(names)('stays equal on %s when a block is replaced', { timeout: 300_000 }, async (name) => {
    const chain = test.devnet.chain(name)
    const market = chain.contracts.aave!
    const account = test.devnet.actors[1]!.address
    const supplies = async (amount: bigint) => {
      await chain.send(mintTokens(chain.contracts.tokens.WETH, account, amount))
      await chain.send(approve(chain.contracts.tokens.WETH, account, market.pool.address))
      await chain.send(supply(market, { account, asset: 'WETH', amount }))
      return chain.mine()
    }
    const replaced = await supplies(5n * 10n ** 18n)
    await compare(name, replaced.number)
    await chain.client.request({ method: 'anvil_rollback', params: [1] } as never)
    await supplies(7n * 10n ** 18n)
    const { number } = await chain.mine()
    await compare(name, number)
    await compare(name, replaced.number)
  })

  it('knows all of whoever moved since, begun in the middle', { timeout: 120_000 }, async () => {
    // Where debts at rates of their own stood, too.
    const name = 'beta'
    const { client, contracts } = test.devnet.chain(name)
    const aave = contracts.aave!
    const head = await client.getBlockNumber()
    const start = Math.floor((aave.startBlock + Number(head)) / 2)
    const { chainId, rpc, multicall3, aaveV3 } = test.devnet.config.chains![name]!
    const late = { chainId, rpc, multicall3, aaveV3: [{ ...aaveV3![0]!, startBlock: start }] }
    const schema = `idx_${name}_late`
    const indexer = await startIndexer({ builtin: false, chains: { [name]: late } }, name, test.databaseUrl, schema)
    try {
      await indexer.indexed(head)
      const openings = await indexer.pool.query(`SELECT protocol, contract FROM ${schema}.opening`)
      expect(openings.rows).toEqual([{ protocol: 'aave-v3', contract: aave.pool.address.toLowerCase() }])
      const [accounts, before, positions, reserves] = await Promise.all([
        factsAt(indexer.pool, schema, 'lending_account', head),
        factsAt(test.indexer(name).pool, test.indexer(name).schema, 'position', BigInt(start - 1)),
        factsAt(indexer.pool, schema, 'position', head),
        factsAt(indexer.pool, schema, 'market', head),
      ])
      const raw = new Map(positions.map((row) => [`${row.account} ${row.market} ${row.side}`, row.raw]))
      let opened = 0
      for (const { account, collateral_bitmap } of accounts) {
        for (const reserve of reserves.filter(({ kind }) => kind === 'reserve')) {
          const isPledged = (BigInt(collateral_bitmap!) >> BigInt(reserve.market_index!)) & 1n
          for (const [side, token, functionName] of [
            ['borrow', reserve.debt_token, 'scaledBalanceOf'],
            ['borrowStable', reserve.stable_debt_token, 'principalBalanceOf'],
            ['supply', isPledged === 1n ? reserve.receipt : null, 'scaledBalanceOf'],
          ] as const) {
            if (token === null || token === undefined) continue
            const read = { address: token as Address, abi, functionName, args: [account as Address] } as const
            const held = await client.readContract({ ...read, blockNumber: head })
            const key = `${account} ${reserve.market} ${side}`
            expect(raw.get(key) ?? '0', key).toBe(String(held))
            const old = before.find((row) => `${row.account} ${row.market} ${row.side}` === key)
            if (held > 0n && old?.raw === String(held)) opened++
          }
        }
      }
      // Sides that have not moved since the middle are there with those that have.
      expect(accounts.length).toBeGreaterThan(3)
      expect(opened).toBeGreaterThan(0)
    } finally {
      await indexer.stop()
    }
  })
})
