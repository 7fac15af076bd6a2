import type { Address } from 'viem'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deriveActor } from '../../../devnet/seed/actors'
import type { DevnetChain } from '../../../devnet/types'
import { factsAt } from '../support/factsAt'
import { type ProtocolTest, startProtocolTest } from '../support/startProtocolTest'
import { checkVaults } from './checkVaults'
import { walkVaults } from './vaultWalk'

const schema = 'idx_alpha_vaults'
const steps = 50

describe('vaults of every kind, against their own views', () => {
  let test: ProtocolTest
  let chain: DevnetChain
  let walk: ReturnType<typeof walkVaults>
  let accounts: readonly Address[]

  beforeAll(async () => {
    test = await startProtocolTest({
      ...{ chains: 1, content: 'market', moreVaults: true, stayInPast: true },
      schemaOf: () => schema,
      steps,
      async prepare({ chain: chainOf, owner, seed }) {
        chain = chainOf('alpha')
        const walkers = Array.from({ length: 6 }, (_, index) => deriveActor(seed, `walker ${index}`).address)
        accounts = [...walkers, deriveActor(seed, 'treasury').address]
        walk = walkVaults(chain, owner.address, accounts, 1)
        return { walk }
      },
    })
  }, 300_000)

  afterAll(() => test?.stop())

  const compare = (block: bigint) => checkVaults({ chain, database: test.database, schema, accounts }, block)

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
    for (const block of test.walked) {
      const { compared, differences } = await compare(block)
      expect(differences, `block ${block}`).toEqual([])
      total += compared
    }
    expect(total).toBeGreaterThan(5_000)
  })

  it('knows every vault for what it is', async () => {
    const states = await factsAt(test.indexer('alpha').pool, schema, 'vault_state', test.walked.at(-1)!)
    const { ownRate } = chain.contracts.moreVaults!
    for (const { vault, status } of states)
      expect(status, vault!).toBe(vault === ownRate.address.toLowerCase() ? 'interval' : 'ok')
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
