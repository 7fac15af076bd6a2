import { type Address, zeroAddress } from 'viem'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deriveActor } from '../../../devnet/seed/actors'
import type { DevnetChain } from '../../../devnet/types'
import { findVaultV2 } from '../../../src/protocols/erc4626/findVaultV2'
import type { ResolveContext } from '../../../src/protocols/protocol'
import { factsAt } from '../support/factsAt'
import { type ProtocolTest, startProtocolTest } from '../support/startProtocolTest'
import { checkVaults, factsOf } from './checkVaults'
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

  const byMarket = (a: { readonly market: string }, b: { readonly market: string }) => (a.market < b.market ? -1 : 1)
  const checkedFacts = (block: bigint) =>
    factsOf({ chain, database: test.database, schema, accounts }, block).then(({ facts }) => facts)
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
      'allocate',
      'deallocate',
      'forceDeallocate',
      'setTerms',
      'setLiquidity',
      'burnBooks',
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

  it('finds an older Vault V2 as its events have left it', async () => {
    const { vaultV2 } = chain.contracts.moreVaults!.exact
    const vault = vaultV2.address.toLowerCase() as Address
    for (const block of [test.walked[20]!, test.walked.at(-1)!]) {
      const client = chain.client as unknown as ResolveContext['client']
      const found = (await findVaultV2({ client } as ResolveContext, vault, Number(block) + 1))!
      const facts = await checkedFacts(block)
      const parameters = facts.vaultParameters!.find((row) => row.vault === vault)!
      const state = facts.vaultStates.find((row) => row.vault === vault)!
      expect(found).toMatchObject({
        ...{ fee: parameters.fee, managementFee: parameters.managementFee, maxRate: parameters.maxRate },
        ...{ feeRecipient: parameters.feeRecipient, managementFeeRecipient: parameters.managementFeeRecipient },
        ...{ owner: parameters.owner, lastTotalAssets: state.lastTotalAssets, accruedAt: state.accruedAt },
        ...{
          liquidityAdapter: parameters.liquidityAdapter ?? zeroAddress,
          liquidityMarket: parameters.liquidityMarket,
        },
      })
      for (const [index, { allocations, penalty, innerShares, ...adapter }] of found.adapters.entries()) {
        expect(adapter).toEqual(parameters.adapters![index])
        expect(penalty).toBe(parameters.penalties![adapter.address])
        const listed = facts.vaultAllocations!.filter(
          ({ account, assets }) => account === adapter.address && assets !== '0',
        )
        const ours = listed.map(({ market, assets, shares }) => ({ market, assets, shares }))
        const theirs = allocations.map(({ market, assets, shares }) => ({ market, assets, shares }))
        expect(ours.sort(byMarket)).toEqual(theirs.sort(byMarket))
      }
      expect(found.adapters).toHaveLength(3)
    }
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
