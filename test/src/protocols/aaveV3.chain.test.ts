import type { Address } from 'viem'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { approve } from '../../../devnet/operations/approve'
import { mintTokens } from '../../../devnet/operations/mintTokens'
import { supply } from '../../../devnet/operations/supply'
import { startDevnet } from '../../../devnet/startDevnet'
import type { Devnet } from '../../../devnet/types'
import { startIndexer } from '../support/startIndexer'
import { startTestDatabase } from '../support/startTestDatabase'
import { type AaveV3Check, checkAaveV3 } from './checkAaveV3'

const versions = { alpha: '3.6', beta: '3.0' } as const
type Name = keyof typeof versions
const names = Object.keys(versions) as Name[]

describe('Aave v3 facts against the contracts’ own views', () => {
  let devnet: Devnet
  let database: Awaited<ReturnType<typeof startTestDatabase>>
  const indexers = {} as Record<Name, Awaited<ReturnType<typeof startIndexer>>>

  beforeAll(async () => {
    const started = startDevnet({ chains: 2, aave: { beta: '3.0' }, log: () => {} })
    ;[devnet, database] = await Promise.all([started, startTestDatabase()])
    await Promise.all(
      names.map(async (name) => {
        indexers[name] = await startIndexer(devnet.config, name, database.url, `idx_${name}_test`)
      }),
    )
  })

  afterAll(async () => {
    await Promise.all(Object.values(indexers).map((indexer) => indexer.stop()))
    await Promise.all([devnet?.stop(), database?.stop()])
  })

  async function compare(name: Name, block: bigint) {
    await indexers[name].indexed(block)
    const { client, contracts } = devnet.chain(name)
    const aave = contracts.aave!
    const check: AaveV3Check = {
      client: client as never,
      multicall3: contracts.multicall3.address,
      database: indexers[name],
      pool: aave.pool.address.toLowerCase() as Address,
      oracle: aave.oracle.address,
      version: versions[name],
      accounts: devnet.actors.map(({ address }) => address.toLowerCase() as Address),
    }
    const { compared, differences } = await checkAaveV3(check, block)
    expect(compared).toBeGreaterThan(100)
    expect(differences, `${name}, block ${block}`).toEqual([])
  }

  it.each(names)(
    'is equal on %s in every twentieth block of the seeded history',
    { timeout: 300_000 },
    async (name) => {
      const head = await devnet.chain(name).client.getBlockNumber()
      const start = BigInt(devnet.chain(name).contracts.aave!.startBlock) + 5n
      for (let block = head; block > start; block -= 20n) await compare(name, block)
    },
  )

  it.each(names)('stays equal on %s when a block is replaced', { timeout: 300_000 }, async (name) => {
    const chain = devnet.chain(name)
    const market = chain.contracts.aave!
    const account = devnet.actors[1]!.address
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
