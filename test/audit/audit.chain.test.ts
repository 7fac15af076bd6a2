import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openPool } from '../../cli/database/openPool'
import { projectRoot } from '../../cli/projectRoot'
import { findFork } from '../../cli/supervisor/findFork'
import { rpc } from '../../devnet/chain/rpc'
import { seededRandom } from '../../devnet/random'
import { startDevnet } from '../../devnet/startDevnet'
import type { Devnet } from '../../devnet/types'
import { awaitIndexed } from '../../simulator/product/awaitIndexed'
import { type ProductProcess, startProduct } from '../../simulator/product/startProduct'
import { until } from '../support/until'
import { overwrite, type Spoilt, spoil } from './support/spoil'

interface Reconciliation {
  readonly chains: readonly {
    readonly rotatedAt: string | null
    readonly callsPerMinute: string
    readonly failure: string | null
    readonly repair: string | null
  }[]
  readonly protocols: readonly {
    readonly protocol: string
    readonly checked: number
    readonly unread: number
    readonly drift: number
    readonly detail: string | null
    readonly quarantinedSince: string | null
  }[]
}

interface Figure {
  readonly complete: boolean
  readonly collateralCredit: string
  readonly missing: readonly {
    readonly scope: string
    readonly id: string
    readonly reasonCode: string
    readonly detail: string
  }[]
  readonly collateral: readonly { readonly protocol: string; readonly credit: string }[]
  readonly lendingUnits: readonly { readonly protocol: string; readonly credit: string }[]
  readonly facts: object
  readonly stateHash: string
}

/** Kinds of rows that are spoilt together, of as many protocols, found and mended: every run the first four, with `DRILL=full` all twenty, and what else can go wrong. */
const isFull = process.env.DRILL === 'full'
const others = [[1, 6, 8, 14], [7, 10, 12, 13], [11, 15, 17], [16], [18], [4], [9], [19]]
const batches = [[0, 2, 3, 5], ...(isFull ? others : [])]

describe('the audit', () => {
  let devnet: Devnet
  let product: ProductProcess
  let database: pg.Pool
  const random = seededRandom(11, 'spoilt rows')
  /** Deeper than the 30 blocks after which an indexer believes its chain, and keeps what it read. */
  const depth = 45
  let firstOfFork = 0n
  let reorganisedAt = 0

  const get = async (path: string) => {
    const response = await fetch(`${product.url}${path}`)
    expect(response.status, path).toBe(200)
    return response
  }
  const reconciliation = async (): Promise<Reconciliation> =>
    (await get('/v1/reconciliation')).json() as Promise<Reconciliation>
  const quarantined = ({ protocols }: Reconciliation) =>
    protocols.filter(({ quarantinedSince }) => quarantinedSince !== null).map(({ protocol }) => protocol)
  const figure = async (): Promise<Figure> =>
    (
      await get(`/v1/accounts/${devnet.accounts[0]!.address}/margin?finality=latest&include=facts`)
    ).json() as Promise<Figure>
  const schemas = async (): Promise<readonly string[]> =>
    (await database.query(`SELECT nspname FROM pg_namespace WHERE nspname LIKE 'idx\\_%'`)).rows.map(
      (row) => row.nspname,
    )

  beforeAll(async () => {
    devnet = await startDevnet({ chains: 1, seed: 7, log: () => {} })
    const config = { ...devnet.config, audit: { callsPerMinute: 100_000, accountsAtOnce: 10 } }
    product = await startProduct({ root: projectRoot(), config })
    const { database: running } = JSON.parse(readFileSync(join(product.dataDirectory, 'data', 'run.json'), 'utf8'))
    database = openPool(running.url, 'test', 1)
    const { number, hash } = await devnet.chain('alpha').client.getBlock()
    await awaitIndexed(product.url, 'alpha', { number, hash })
    await until('a whole rotation', 60, reconciliation, ({ chains }) => chains[0]?.rotatedAt != null)
  }, 120_000)

  beforeEach(({ onTestFailed }) => onTestFailed(() => void process.stderr.write(product.log())))

  afterAll(async () => {
    await database?.end()
    await product?.stop()
    await devnet?.stop()
  })

  it('finds every figure of every protocol as the contracts say it', async () => {
    const { chains, protocols } = await reconciliation()
    expect(protocols.map(({ protocol }) => protocol)).toEqual([
      ...['aave-v3', 'blocks', 'chainlink', 'compound-v3', 'erc4626', 'morpho-blue', 'uniswap-v3', 'wallet'],
    ])
    expect(protocols.filter(({ drift, unread, checked }) => drift + unread > 0 || checked === 0)).toEqual([])
    expect(chains).toMatchObject([{ failure: null, repair: null }])
    expect(await (await get('/metrics')).text()).toContain(
      'crossmargin_quarantined{chain="alpha",protocol="aave-v3"} 0',
    )
  })

  it('finds spoilt rows, takes what they are about out of the figure with the reason, and mends them without serving anything half-built', async () => {
    const before = await figure()
    expect(before.complete).toBe(true)
    for (const batch of batches) {
      const [schema] = await schemas()
      const spoiltAt = Date.now()
      const spoilt: Spoilt[] = []
      for (const kind of batch) spoilt.push(await spoil(database, schema!, kind, random))
      const what = spoilt.map(({ table, column, rows, key }) => `${table}.${column} (${rows}) of ${key}`).join(', ')
      const found = await until(`finding ${what}`, 30, reconciliation, (now) =>
        spoilt.every(({ protocol }) => quarantined(now).includes(protocol)),
      )
      const foundAt = Date.now()
      await expectRefused(quarantined(found))
      for (const { protocol } of spoilt)
        expect(await (await get('/metrics')).text()).toContain(
          `crossmargin_quarantined{chain="alpha",protocol="${protocol}"} 1`,
        )

      await until(`mending ${what}`, 120, reconciliation, (now) => quarantined(now).length === 0)
      // The chain has not moved, so the same facts must have the same hash.
      const after = await figure()
      expect(after.facts).toEqual(before.facts)
      expect(after.stateHash).toBe(before.stateHash)
      await until('the old schema being dropped', 30, schemas, (names) => names.length === 1 && names[0] !== schema)
      tell(what, spoiltAt, foundAt)
    }
  }, 1_200_000)

  it.skipIf(!isFull)(
    'asks the nodes again when what the indexer remembers of them is incomplete',
    async () => {
      const before = await figure()
      const [schema] = await schemas()
      // As a node would have it that once left a log out: whoever indexes from memory comes to the wrong balance.
      const { rows } = await database.query(
        `DELETE FROM ponder_sync.logs l USING (
           SELECT l.address, max(l.block_number) AS block_number FROM ponder_sync.logs l
           JOIN "${schema}".position p ON p.market = l.address AND p.protocol = 'wallet' GROUP BY l.address LIMIT 1
         ) last WHERE l.address = last.address AND l.block_number = last.block_number
         RETURNING l.address, l.block_number`,
      )
      expect(rows.length).toBeGreaterThan(0)
      await overwrite(database, `UPDATE "${schema}".position_history SET raw = raw + 1 WHERE protocol = 'wallet'`)
      await until('finding it', 30, reconciliation, (now) => quarantined(now).includes('wallet'))
      const { chains } = await until('refusing what memory gives', 120, reconciliation, (now) =>
        /does not agree/.test(String(now.chains[0]!.repair)),
      )
      expect(chains[0]!.repair).toMatch(/next attempt after/)
      expect(await schemas()).toEqual([schema])
      await expectRefused(['wallet'])
      const foundAt = Date.now()
      await until('asking the nodes', 180, reconciliation, (now) => quarantined(now).length === 0)
      const { complete, collateralCredit } = await figure()
      expect({ complete, collateralCredit }).toEqual({ complete: true, collateralCredit: before.collateralCredit })
      const again = await database.query('SELECT 1 FROM ponder_sync.logs WHERE address = $1 AND block_number = $2', [
        rows[0].address,
        rows[0].block_number,
      ])
      expect(again.rowCount).toBe(rows.length)
      tell('a log left out', foundAt, foundAt)
    },
    600_000,
  )

  it('finds where the fork began that the indexer still remembers', async () => {
    const { client } = devnet.chain('alpha')
    const { chainId } = devnet.config.chains!.alpha!
    const search = () => findFork({ pool: database, client, settings: { chainId } })
    expect(await search()).toBeNull()
    firstOfFork = (await client.getBlockNumber()) - BigInt(depth) + 1n
    reorganisedAt = Date.now()
    await rpc(client, 'anvil_reorg', [depth, []])
    expect(await search()).toBe(firstOfFork)
  })

  it.skipIf(!isFull)(
    'follows the other fork, below what its indexer can follow by itself',
    async () => {
      const { client } = devnet.chain('alpha')
      await until('finding the dead fork', 60, reconciliation, (now) => quarantined(now).includes('blocks'))
      await expectRefused(['blocks'])
      const foundAt = Date.now()
      await until('following the other fork', 120, reconciliation, (now) => quarantined(now).length === 0)
      const [schema] = await until('one schema being left', 30, schemas, (names) => names.length === 1)
      const blocks = await database.query(
        `SELECT number, hash FROM "${schema}".block WHERE number >= $1 ORDER BY number`,
        [String(firstOfFork)],
      )
      expect(blocks.rows.length).toBeGreaterThanOrEqual(depth)
      for (const { number, hash } of blocks.rows)
        expect((await client.getBlock({ blockNumber: BigInt(number) })).hash).toBe(hash)
      expect((await figure()).complete).toBe(true)
      tell(`a fork ${depth} blocks deep`, reorganisedAt, foundAt)
    },
    600_000,
  )

  function tell(what: string, since: number, foundAt: number) {
    process.stderr.write(`${what}: found in ${foundAt - since} ms, mended in ${Date.now() - foundAt} ms\n`)
  }

  async function expectRefused(names: readonly string[]) {
    if (names.includes('blocks')) {
      // It is the only chain: nothing can be answered.
      const response = await fetch(`${product.url}/v1/accounts/${devnet.accounts[0]!.address}/margin`)
      expect(response.status).toBe(503)
      expect(await response.text()).toMatch(
        /alpha is (QUARANTINED \(blocks: (hash|timestamp) of \d+ is .* in the index and .* on the chain|CHAIN_REORG \(the node has block \d+ as .*, it is indexed as )/,
      )
      expect((await fetch(`${product.url}/ready`)).status).toBe(503)
      return
    }
    const { complete, missing, collateral, lendingUnits, collateralCredit } = await figure()
    const reasons = missing.filter(({ reasonCode }) => reasonCode === 'QUARANTINED')
    expect(complete).toBe(false)
    expect(reasons.filter(({ scope }) => scope === 'protocol').map(({ id }) => id)).toEqual(names)
    for (const { detail } of reasons) expect(detail).not.toBe('')
    if (names.includes('chainlink')) expect(Number(collateralCredit)).toBe(0)
    for (const row of [...collateral, ...lendingUnits])
      if (names.includes(row.protocol)) expect(Number(row.credit)).toBe(0)
  }
})
