import type { Address } from 'viem'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { approve } from '../../../devnet/operations/approve'
import { mintTokens } from '../../../devnet/operations/mintTokens'
import { supply } from '../../../devnet/operations/supply'
import { type ProtocolTest, startProtocolTest } from '../support/startProtocolTest'
import { type AaveV3Check, checkAaveV3 } from './checkAaveV3'

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
})
