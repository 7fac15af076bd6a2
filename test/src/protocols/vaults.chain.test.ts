import type { Address } from 'viem'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deriveActor } from '../../../devnet/seed/actors'
import { startDevnet } from '../../../devnet/startDevnet'
import type { Devnet, DevnetChain } from '../../../devnet/types'
import { type Database, openDatabase } from '../../../src/api/read/database'
import { factsAt } from '../support/factsAt'
import { startIndexer } from '../support/startIndexer'
import { startTestDatabase } from '../support/startTestDatabase'
import { checkVaults } from './checkVaults'
import { walkVaults } from './vaultWalk'

const schema = 'idx_alpha_vaults'
const steps = 50

describe('vaults of every kind, against their own views', () => {
  let devnet: Devnet
  let chain: DevnetChain
  let database: Awaited<ReturnType<typeof startTestDatabase>>
  let read: Database
  let indexer: Awaited<ReturnType<typeof startIndexer>>
  let walk: ReturnType<typeof walkVaults>
  let accounts: readonly Address[]
  let walked: readonly bigint[]

  beforeAll(async () => {
    const started = startDevnet({ chains: 1, content: 'market', moreVaults: true, stayInPast: true, log: () => {} })
    ;[devnet, database] = await Promise.all([started, startTestDatabase()])
    chain = devnet.chain('alpha')
    const walkers = Array.from({ length: 6 }, (_, index) => deriveActor(devnet.seed, `walker ${index}`).address)
    accounts = [...walkers, deriveActor(devnet.seed, 'treasury').address]
    walk = walkVaults(chain, devnet.owner.address, accounts, 1)
    const numbers: bigint[] = []
    // Half of it before anybody indexes, half while it is followed.
    for (let step = 0; step < steps / 2; step++) numbers.push(await walk.step())
    indexer = await startIndexer(devnet.config, 'alpha', database.url, schema)
    for (let step = 0; step < steps / 2; step++) numbers.push(await walk.step())
    walked = numbers
    read = openDatabase(database.url)
    await indexer.indexed(walked.at(-1)!)
  }, 300_000)

  afterAll(async () => {
    await read?.close()
    await indexer?.stop()
    await Promise.all([devnet?.stop(), database?.stop()])
  })

  const compare = (block: bigint) => checkVaults({ chain, database: read, schema, accounts }, block)

  it('walked through everything vaults offer', () => {
    for (const kind of ['deposit', 'redeem', 'transfer', 'donate'])
      expect(walk.counts.get(kind) ?? 0, `${kind} of ${JSON.stringify([...walk.counts])}`).toBeGreaterThanOrEqual(5)
    for (const kind of [
      'borrow',
      'reallocate',
      'request',
      'nest',
      'wrapReceipts',
      'liquidate',
      'setCap',
      'setFee',
      'setFeeRecipient',
      'reorder',
      'claim',
    ])
      expect(walk.counts.get(kind) ?? 0, `${kind} of ${JSON.stringify([...walk.counts])}`).toBeGreaterThanOrEqual(1)
  })

  it('is equal in every block', { timeout: 200_000 }, async () => {
    let total = 0
    for (const block of walked) {
      const { compared, differences } = await compare(block)
      expect(differences, `block ${block}`).toEqual([])
      total += compared
    }
    expect(total).toBeGreaterThan(5_000)
  })

  it('knows every vault for what it is', async () => {
    const states = await factsAt(indexer.pool, schema, 'vault_state', walked.at(-1)!)
    const { ownRate } = chain.contracts.moreVaults!
    for (const { vault, status } of states)
      expect(status, vault!).toBe(vault === ownRate.address.toLowerCase() ? 'interval' : 'ok')
  })

  it('stays equal when blocks are replaced', { timeout: 120_000 }, async () => {
    const before = await walk.step()
    await indexer.indexed(before)
    await chain.client.request({ method: 'anvil_rollback', params: [3] } as never)
    const after = []
    for (let block = 0; block < 5; block++) after.push(await walk.step())
    await indexer.indexed(after.at(-1)!)
    for (const block of after) expect((await compare(block)).differences, `block ${block}`).toEqual([])
  })
})
