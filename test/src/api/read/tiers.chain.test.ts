import { createPublicClient, http } from 'viem'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { migrateOffchain } from '../../../../cli/database/migrateOffchain'
import { openPool } from '../../../../cli/database/openPool'
import { rpc } from '../../../../devnet/chain/rpc'
import { startLocalChain } from '../../../../devnet/chain/startLocalChain'
import type { LocalChain } from '../../../../devnet/chain/types'
import { type Database, openDatabase } from '../../../../src/api/read/database'
import { loadHead } from '../../../../src/api/read/loadHeads'
import { loadTiers } from '../../../../src/api/read/loadTiers'
import { readTiers } from '../../../../src/api/read/readTiers'
import { startTierSource } from '../../../../src/api/read/tierSource'
import { openTierStore, type TierStore } from '../../../../src/api/read/tierStore'
import { loadWitnesses } from '../../../../src/api/read/witness'
import { startWitnessSource } from '../../../../src/api/read/witnessSource'
import { openWitnessStore } from '../../../../src/api/read/witnessStore'
import { startTestDatabase } from '../../../src/support/startTestDatabase'
import { until } from '../../../support/until'

const nothing = { latest: null, safe: null, finalized: null }
const block = (blockNumber: number, blockHash: string) => ({ blockNumber: String(blockNumber), blockHash })

describe('how far chains are final', () => {
  let postgres: Awaited<ReturnType<typeof startTestDatabase>>
  let chain: LocalChain
  let store: TierStore
  let database: Database

  beforeAll(async () => {
    const started = await Promise.all([
      startTestDatabase(),
      startLocalChain({ name: 'alpha', chainId: 31_337, genesisTimestamp: 1_700_000_000 }),
    ])
    postgres = started[0]
    chain = started[1]
    await Promise.all([migrateOffchain(postgres.url), migrateOffchain(postgres.url)])
    store = openTierStore(postgres.url)
    database = openDatabase(postgres.url)
  })
  afterAll(async () => {
    await Promise.all([store?.close(), database?.close(), chain?.stop()])
    await postgres?.stop()
  })

  const client = () => createPublicClient({ transport: http(chain.rpcUrl, { retryCount: 0 }) })
  const loaded = async (name: string) => (await database.snapshot(loadTiers)).get(name)

  it('is kept, and never goes back for a node that is merely behind', async () => {
    const seen = (height: number, hash: string) => ({
      tiers: { latest: block(height, hash), safe: null, finalized: block(height - 10, `${hash}-final`) },
      replaced: [],
    })
    await store.save('gamma', seen(100, '0xa'))
    expect(await loaded('gamma')).toMatchObject({
      latest: block(100, '0xa'),
      safe: null,
      finalized: block(90, '0xa-final'),
    })
    await store.save('gamma', seen(99, '0xb'))
    expect(await loaded('gamma')).toMatchObject({ latest: block(100, '0xa'), finalized: block(90, '0xa-final') })
    await store.save('gamma', seen(101, '0xc'))
    const after = (await loaded('gamma'))!
    expect(after).toMatchObject({ latest: block(101, '0xc'), finalized: block(91, '0xc-final') })
    expect(Math.abs(Date.now() / 1000 - after.latest!.observedAt)).toBeLessThan(60)
  })

  it('goes back where a block was replaced, and only there', async () => {
    const tiers = { latest: block(50, '0xd'), safe: null, finalized: block(40, '0xe') }
    await store.save('gamma', { tiers, replaced: ['0xc'] })
    expect(await loaded('gamma')).toMatchObject({ latest: block(50, '0xd'), finalized: block(91, '0xc-final') })
  })

  it('is what two processes together have seen, whichever writes last', async () => {
    const other = openTierStore(postgres.url)
    const heights = Array.from({ length: 40 }, (_, index) => index + 1)
    await Promise.all(
      [store, other].flatMap((each) =>
        heights.map((height) =>
          each.save('delta', { tiers: { ...nothing, latest: block(height, `0x${height}`) }, replaced: [] }),
        ),
      ),
    )
    await other.close()
    expect(await loaded('delta')).toMatchObject({ latest: block(40, '0x40') })
  })

  it('tells a reorganised chain from a node that is behind', async () => {
    for (let count = 0; count < 5; count++) await chain.mine()
    const before = (await readTiers([client()], 31_337, nothing))!
    expect(before.tiers.latest.blockNumber).toBe('5')
    const ahead = { ...nothing, latest: block(9, '0xahead') }
    expect((await readTiers([client()], 31_337, ahead))!.replaced).toEqual([])
    // The same height under another hash, seen from a tag that is now lower.
    const known = { ...nothing, safe: before.tiers.latest }
    await rpc(chain.client, 'anvil_rollback', [3])
    for (let count = 0; count < 3; count++) await chain.mine({ timestamp: 1_700_100_000 + count })
    const after = (await readTiers([client()], 31_337, known))!
    expect(after.tiers.latest.blockNumber).toBe('5')
    expect(after.tiers.latest.blockHash).not.toBe(before.tiers.latest.blockHash)
    expect(after.replaced).toEqual([before.tiers.latest.blockHash])
    // A node of another chain has nothing to say about this one.
    expect(await readTiers([client()], 1, known)).toBeNull()
  })

  it('has blocks confirmed by the nodes, and taken out of the cut while a node has others', async () => {
    const pool = openPool(postgres.url, 'test', 1)
    await pool.query(`CREATE SCHEMA idx_alpha;
      CREATE TABLE idx_alpha.block (chain_id integer, number numeric, hash text, timestamp numeric);
      CREATE TABLE idx_alpha._ponder_checkpoint (chain_id integer, latest_checkpoint text);
      INSERT INTO offchain.deployment (chain, schema, state, resolved, source, identity) VALUES ('alpha', 'idx_alpha', 'live', '{}', 's', 'i')`)
    /** What an indexer does: writes the chain's blocks down as they are now. */
    const index = async () => {
      await pool.query('DELETE FROM idx_alpha.block; DELETE FROM idx_alpha._ponder_checkpoint')
      const newest = await chain.client.getBlockNumber()
      for (let number = 0n; number <= newest; number++) {
        const { hash, timestamp } = await chain.client.getBlock({ blockNumber: number })
        await pool.query('INSERT INTO idx_alpha.block VALUES (31337, $1, $2, $3)', [number, hash, timestamp])
      }
      const checkpoint = `${'0'.repeat(26)}${String(newest).padStart(16, '0')}${'9'.repeat(33)}`
      await pool.query('INSERT INTO idx_alpha._ponder_checkpoint VALUES (31337, $1)', [checkpoint])
    }
    const head = (nodes: number) =>
      database.snapshot(async (snapshot) => {
        const witness = (await loadWitnesses(snapshot)).get('alpha') ?? null
        const settings = { chainId: 31_337, required: true, maxLagSeconds: 30, nodes }
        return loadHead(snapshot, 'alpha', settings, 'idx_alpha', 'latest', null, witness)
      })
    // Beyond nine, where an order by digits would be another one.
    for (let count = 0; count < 7; count++) await chain.mine()
    await index()
    expect(await head(1)).toMatchObject({ tip: { blockNumber: '12' }, fault: null })
    expect(await head(2)).toMatchObject({ tip: null, fault: { reasonCode: 'CHAIN_UNREACHABLE' } })

    const witnesses = openWitnessStore(postgres.url)
    const source = startWitnessSource({
      chains: { alpha: { chainId: 31_337, rpc: [chain.rpcUrl, chain.rpcUrl] } },
      store: witnesses,
      onError: (error) => expect.fail(error.message),
      intervalMilliseconds: 50,
    })
    await source.asked
    expect(await head(2)).toMatchObject({ tip: { blockNumber: '12' }, fault: null })

    await rpc(chain.client, 'anvil_rollback', [2])
    for (let count = 0; count < 2; count++) await chain.mine({ timestamp: 1_700_200_000 + count })
    const doubted = await until(
      'the fork being noticed',
      10,
      () => head(1),
      ({ fault }) => fault !== null,
    )
    expect(doubted.fault).toMatchObject({
      reasonCode: 'CHAIN_REORG',
      detail: expect.stringMatching(/^node 1 of 2 has block 12/),
    })
    await source.stop()
    // The doubt is about the block of the dead fork; what is confirmed is not the new one yet.
    await index()
    expect(await head(1)).toMatchObject({ tip: { blockNumber: '12' }, fault: null })
    expect(await head(2)).toMatchObject({
      fault: { reasonCode: 'CHAIN_REORG', detail: expect.stringContaining('being replaced') },
    })
    await Promise.all([witnesses.close(), pool.end()])
  })

  it('is polled, kept while the node is away, and there for the next process', async () => {
    const source = startTierSource({
      chains: { alpha: { chainId: 31_337, rpc: [chain.rpcUrl] } },
      store,
      onError: (error) => expect.fail(error.message),
      intervalMilliseconds: 100,
    })
    await source.asked
    expect(source.of('alpha')).toMatchObject({ reachable: true, head: { blockNumber: '12' } })
    await chain.mine()
    await until(
      'the next block',
      10,
      () => loaded('alpha'),
      (tiers) => tiers?.latest?.blockNumber === '13',
    )
    const before = await loaded('alpha')
    await chain.stop()
    await until(
      'the node being away',
      10,
      async () => source.of('alpha'),
      ({ reachable }) => !reachable,
    )
    await source.stop()
    expect(source.of('alpha').head).toBeNull()
    expect(await loaded('alpha')).toEqual(before)
    const next = startTierSource({
      chains: { alpha: { chainId: 31_337, rpc: [chain.rpcUrl] } },
      store,
      onError: () => undefined,
    })
    await next.asked
    await next.stop()
    expect(next.of('alpha').reachable).toBe(false)
    expect(await loaded('alpha')).toEqual(before)
  })
})
