import type { Address } from 'viem'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startDevnet } from '../../../devnet/startDevnet'
import type { Devnet } from '../../../devnet/types'
import { type RunningIndexer, startIndexer } from '../support/startIndexer'
import { startTestDatabase } from '../support/startTestDatabase'
import { type AaveV3Check, checkAaveV3 } from './checkAaveV3'

describe('Aave v3 facts against the contracts’ own views', () => {
  let devnet: Devnet
  let database: Awaited<ReturnType<typeof startTestDatabase>>
  let indexer: RunningIndexer
  let check: AaveV3Check

  beforeAll(async () => {
    ;[devnet, database] = await Promise.all([startDevnet({ chains: 1, log: () => {} }), startTestDatabase()])
    indexer = await startIndexer(devnet.config, 'alpha', database.url, 'idx_alpha_test')
    const chain = devnet.chain('alpha')
    const aave = chain.contracts.aave!
    check = {
      client: chain.client as never,
      multicall3: chain.contracts.multicall3.address,
      database: indexer,
      pool: aave.pool.address.toLowerCase() as Address,
      oracle: aave.oracle.address,
      version: '3.6',
      accounts: devnet.actors.map(({ address }) => address.toLowerCase() as Address),
    }
  })

  afterAll(async () => {
    await indexer?.stop()
    await Promise.all([devnet?.stop(), database?.stop()])
  })

  it('is equal in every tenth block of the seeded history and in the newest', { timeout: 120_000 }, async () => {
    const head = await devnet.chain('alpha').client.getBlockNumber()
    await indexer.indexed(head)
    const start = BigInt(devnet.chain('alpha').contracts.aave!.startBlock) + 5n
    const blocks = [head]
    for (let block = head - 1n; block > start; block -= 10n) blocks.push(block)
    expect(blocks.length).toBeGreaterThanOrEqual(10)
    for (const block of blocks) {
      const { compared, differences } = await checkAaveV3(check, block)
      expect(differences, `block ${block}`).toEqual([])
      expect(compared).toBeGreaterThan(100)
    }
  })
})
