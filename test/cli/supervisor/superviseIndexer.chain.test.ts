import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import getPort from 'get-port'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { migrateOffchain } from '../../../cli/database/migrateOffchain'
import { openPool } from '../../../cli/database/openPool'
import { type Database, startDatabase } from '../../../cli/database/startDatabase'
import { spawnChild } from '../../../cli/processes/spawnChild'
import { findDeployment, makeLive, saveDeployment } from '../../../cli/supervisor/deployments'
import { takeSchemaLease } from '../../../cli/supervisor/schemaLease'
import type { spawnIndexer } from '../../../cli/supervisor/spawnIndexer'
import { type IndexerOptions, type SupervisedIndexer, superviseIndexer } from '../../../cli/supervisor/superviseIndexer'
import { parseConfig } from '../../../config/load'
import type { ChainConfig } from '../../../config/schema'
import { startDevnet } from '../../../devnet/startDevnet'
import type { Devnet } from '../../../devnet/types'
import { until } from '../support/until'

const directory = mkdtempSync(join(tmpdir(), 'crossmargin-supervisor-'))
let database: Database
let devnet: Devnet
let pool: pg.Pool

beforeAll(async () => {
  execFileSync('chmod', ['755', directory])
  database = await startDatabase(join(directory, 'data'))
  await migrateOffchain(database.url)
  pool = openPool(database.url, 'test', 3)
  devnet = await startDevnet({ chains: 1, content: 'empty', log: () => undefined })
})
afterAll(async () => {
  await devnet?.stop()
  await pool?.end()
  await database?.stop()
  rmSync(directory, { recursive: true, force: true })
})

const supervised: SupervisedIndexer[] = []
afterEach(async () => {
  await Promise.all(supervised.splice(0).map((indexer) => indexer.stop()))
})

type Life = { readonly schema: string; readonly indexer: unknown; readonly pid: number; readonly at: number }

/** Supervises real processes that run `code` instead of Ponder; `lives` fills up as they are started. */
function supervise(code: (life: number) => string, change: Partial<IndexerOptions> = {}) {
  const lives: Life[] = []
  const spawn: typeof spawnIndexer = async ({ schema, indexer }) => {
    const child = await spawnChild({ command: process.execPath, args: ['-e', code(lives.length)] })
    lives.push({ schema, indexer, pid: child.pid, at: Date.now() })
    return { child, port: await getPort(), lastWords: () => 'last words', hush: () => undefined }
  }
  const indexer = superviseIndexer({
    ...{ pool, databaseUrl: database.url, dataDirectory: directory, spawn, onChange: () => undefined },
    ...{ chain: 'alpha', config: chainConfig() },
    ...change,
  })
  supervised.push(indexer)
  return { lives, ...indexer }
}

function chainConfig(change: Partial<ChainConfig> = {}): ChainConfig {
  return { ...parseConfig(devnet.config, 'devnet').chains.alpha!, ...change }
}

const forEver = 'setInterval(() => {}, 1000)'

describe('an indexer under supervision', () => {
  it('is started again after exit 75 and after a signal, later each time, on the same schema and the same resolved chain', async () => {
    const { lives, stop } = supervise((life) =>
      life === 1 ? 'process.kill(process.pid, "SIGKILL")' : life < 3 ? 'process.exit(75)' : forEver,
    )
    await until('the fourth life', () => lives.length === 4, 20_000)
    expect(new Set(lives.map(({ schema }) => schema)).size).toBe(1)
    expect(new Set(lives.map(({ indexer }) => JSON.stringify(indexer))).size).toBe(1)
    const pauses = lives.slice(1).map(({ at }, index) => at - lives[index]!.at)
    expect(pauses[2]).toBeGreaterThan(pauses[0]!)
    await stop()
  })

  it('is left down after exit 1', async () => {
    const { lives, ended, stop } = supervise(() => 'process.exit(1)')
    expect(await ended).toBe('down')
    expect(lives).toHaveLength(1)
    await stop()
  })

  it('stops when told, even one that does not listen', async () => {
    const { lives, stop } = supervise(() => `process.on("SIGTERM", () => {}); ${forEver}`)
    await until('a life', () => lives.length === 1)
    const before = Date.now()
    await stop()
    expect(Date.now() - before).toBeLessThan(4_000)
  })

  it('runs once per schema, whoever asks', async () => {
    const first = supervise(() => forEver)
    await until('the first', () => first.lives.length === 1)
    const second = supervise(() => forEver)
    expect(await takeSchemaLease(database.url, first.lives[0]!.schema)).toBeUndefined()
    await first.stop()
    await until('the second', () => second.lives.length === 1)
    await second.stop()
    const lease = await takeSchemaLease(database.url, first.lives[0]!.schema)
    expect(lease).toBeDefined()
    await lease?.release()
  })

  it('needs no RPC when its chain was resolved before, and waits for one when it was not', async () => {
    const dead = [`http://127.0.0.1:${await getPort()}`]
    const known = supervise(() => forEver, { config: chainConfig({ rpc: dead }) })
    await until('the start', () => known.lives.length === 1, 20_000)
    await known.stop()

    const rpc = [...dead]
    const unknown = supervise(() => forEver, { config: { ...chainConfig({ startBlock: 1 }), rpc } })
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    expect(unknown.lives).toHaveLength(0)
    rpc[0] = devnet.chain('alpha').rpcUrl
    await until('the start', () => unknown.lives.length === 1, 20_000)
    expect(unknown.lives[0]!.schema).not.toBe(known.lives[0]!.schema)
    await unknown.stop()
  })

  it('is not started on another chain that answers in place of its own', async () => {
    const other = await startDevnet({ chains: 1, content: 'empty', log: () => undefined })
    try {
      await other.chain('alpha').mine()
      const { lives, stop } = supervise(() => forEver, { config: chainConfig({ rpc: [other.chain('alpha').rpcUrl] }) })
      await new Promise((resolve) => setTimeout(resolve, 1_500))
      expect(lives).toHaveLength(0)
      await stop()
      const wrongId = supervise(() => forEver, { config: chainConfig({ chainId: 5 }) })
      await new Promise((resolve) => setTimeout(resolve, 1_000))
      expect(wrongId.lives).toHaveLength(0)
      await wrongId.stop()
    } finally {
      await other.stop()
    }
  })
})

describe('the lock Ponder leaves when it is killed', () => {
  const schema = 'idx_test_lock'
  const lock = () =>
    pool.query(`UPDATE ${schema}._ponder_meta SET value = '{"is_locked": 1, "build_id": "b"}' WHERE key = 'app'`)
  const value = async () =>
    (await pool.query(`SELECT value FROM ${schema}._ponder_meta WHERE key = 'app'`)).rows[0].value

  beforeAll(async () => {
    await pool.query(
      `CREATE SCHEMA ${schema}; CREATE TABLE ${schema}._ponder_meta (key text PRIMARY KEY, value jsonb NOT NULL)`,
    )
    await pool.query(`INSERT INTO ${schema}._ponder_meta VALUES ('app', '{}')`)
  })

  it('is cleared by who holds the lease, and nothing else of the row', async () => {
    await lock()
    const lease = await takeSchemaLease(database.url, schema)
    expect(await value()).toEqual({ is_locked: 0, build_id: 'b' })
    await lease?.release()
  })

  it('stays when a session of an indexer is still there', async () => {
    await lock()
    const alive = new pg.Client({ connectionString: database.url, application_name: `${schema}_user` })
    await alive.connect()
    try {
      const lease = await takeSchemaLease(database.url, schema)
      expect(await value()).toMatchObject({ is_locked: 1 })
      await lease?.release()
    } finally {
      await alive.end()
    }
  })
})

describe('deployments', () => {
  const row = (schema: string, source: string) => ({
    chain: 'gamma',
    schema,
    source,
    resolved: { schema },
    identity: schema,
  })

  it('serve one schema at a time, switched in one step, and are found by their source', async () => {
    await saveDeployment(pool, row('one', 's1'))
    expect(await makeLive(pool, 'gamma', 'one')).toBe(true)
    expect(await makeLive(pool, 'gamma', 'one')).toBe(false)
    await saveDeployment(pool, row('two', 's2'))
    const states = async () =>
      (await pool.query("SELECT schema, state FROM offchain.deployment WHERE chain = 'gamma' ORDER BY schema")).rows
    expect(await states()).toEqual([
      { schema: 'one', state: 'live' },
      { schema: 'two', state: 'building' },
    ])
    expect(await findDeployment(pool, 'gamma', 's2')).toMatchObject({ schema: 'two', resolved: { schema: 'two' } })
    await makeLive(pool, 'gamma', 'two')
    expect(await states()).toEqual([
      { schema: 'one', state: 'retired' },
      { schema: 'two', state: 'live' },
    ])
    expect(await findDeployment(pool, 'gamma', 's1')).toBeUndefined()
  })
})
