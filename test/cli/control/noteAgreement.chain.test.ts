import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate } from 'drizzle-orm/node-postgres/migrator'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { runControlList, runControlSet } from '../../../cli/commands/control'
import { AgreementTooEarlyError, IndexBusyError, NoTimeKnownError } from '../../../cli/control/errors'
import { findAgreements } from '../../../cli/control/findAgreements'
import { noteAgreement } from '../../../cli/control/noteAgreement'
import type { Agreement } from '../../../cli/control/types'
import { migrateOffchain } from '../../../cli/database/migrateOffchain'
import { openPool } from '../../../cli/database/openPool'
import { projectRoot } from '../../../cli/projectRoot'
import { type Database, openDatabase } from '../../../src/api/read/database'
import { NothingIndexedError } from '../../../src/api/read/errors'
import { loadAgreements } from '../../../src/api/read/loadAgreements'
import { startTestDatabase } from '../../src/support/startTestDatabase'

const account = `0x${'aa'.repeat(20)}`
const agreement: Agreement = {
  venue: 'acme',
  account,
  chain: '*',
  protocol: '*',
  control: 'enforceable',
  unwindable: true,
}
const ended: Agreement = { ...agreement, control: 'none', unwindable: false }
const migrations = 'src/api/read/offchain/migrations'

describe('agreements in the database', () => {
  let postgres: Awaited<ReturnType<typeof startTestDatabase>>
  let pool: pg.Pool
  let database: Database
  const folder = mkdtempSync(join(tmpdir(), 'crossmargin-control-'))
  const configFile = join(folder, 'config.json')
  const chains = { alpha: { chainId: 31_337, rpc: ['http://127.0.0.1:9'] } }

  beforeAll(async () => {
    postgres = await startTestDatabase()
    pool = openPool(postgres.url, 'test', 4)
    database = openDatabase(postgres.url)
    writeFileSync(configFile, JSON.stringify({ builtin: false, clock: 'chain', chains }))
  })
  afterAll(async () => {
    await Promise.all([pool?.end(), database?.close()])
    await postgres?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  const inForce = (time: number) => database.snapshot((snapshot) => loadAgreements(snapshot, 'acme', [account], time))
  const note = (what: Agreement, since: number | null) => noteAgreement(pool, what, { since, now: null })
  const block = (number: number) =>
    pool.query('INSERT INTO idx_alpha.block VALUES (31337, $1, $2)', [number, 1_700_000_000 + number])

  it('are no silent nothing in a database of the version before, and known once it was migrated', async () => {
    // The database as the version before left it.
    const before = join(folder, 'before')
    cpSync(join(projectRoot(), migrations), before, { recursive: true })
    const journal = join(before, 'meta/_journal.json')
    const { entries, ...rest } = JSON.parse(readFileSync(journal, 'utf8'))
    const known = entries.filter(({ tag }: { tag: string }) => tag < '0002_control')
    writeFileSync(journal, JSON.stringify({ ...rest, entries: known }))
    await migrate(drizzle(pool), {
      migrationsFolder: before,
      migrationsSchema: 'offchain',
      migrationsTable: 'migration',
    })
    await expect(inForce(1)).rejects.toThrow(NothingIndexedError)
    await expect(inForce(1)).rejects.toThrow(/offchain\.control.*does not exist.*replica/)
    await migrateOffchain(postgres.url)
    expect(await inForce(1)).toEqual([])
  })

  it('need a time while none is known, and begin after the newest block from then on', async () => {
    await expect(note(agreement, null)).rejects.toThrow(NoTimeKnownError)
    await pool.query(`CREATE SCHEMA idx_alpha;
      CREATE TABLE idx_alpha.block (chain_id integer, number numeric(78), timestamp numeric(78), PRIMARY KEY (chain_id, number));
      INSERT INTO offchain.deployment VALUES ('alpha', 'idx_alpha', 'live', NULL, '{}', '', '')`)
    for (const number of [1, 2, 10]) await block(number)
    for (const early of [0, 1_700_000_010]) await expect(note(agreement, early)).rejects.toThrow(AgreementTooEarlyError)
    await expect(note(agreement, 1_700_000_010)).rejects.toThrow(/answers up to 2023-11-14T22:13:30Z/)
    expect(await note(agreement, null)).toMatchObject({ ...agreement, since: 1_700_000_011 })
    expect(await inForce(1_700_000_010)).toEqual([])
    const { venue: _, ...fact } = agreement
    expect(await inForce(1_700_000_011)).toEqual([{ ...fact, since: '1700000011' }])
  })

  it('by the wall clock begin now, but never before what is indexed', async () => {
    const noted = (now: number) => noteAgreement(pool, { ...agreement, venue: 'clock' }, { since: null, now })
    expect((await noted(1_800_000_000)).since).toBe(1_800_000_000)
    expect((await noted(1_600_000_000)).since).toBe(1_700_000_011)
  })

  it('end by another one, and of two from the same second the later noted stands', async () => {
    const onAlpha: Agreement = { ...agreement, chain: 'alpha', control: 'notice', unwindable: false }
    await note(onAlpha, 1_700_000_020)
    await note(ended, 1_700_000_030)
    await note(agreement, 1_700_000_030)
    await note(ended, 1_700_000_030)
    const controls = async (time: number) => (await inForce(time)).map(({ chain, control }) => `${chain} ${control}`)
    expect(await controls(1_700_000_019)).toEqual(['* enforceable'])
    expect(await controls(1_700_000_029)).toEqual(['* enforceable', 'alpha notice'])
    expect(await controls(1_700_000_030)).toEqual(['* none', 'alpha notice'])
  })

  it('are never changed or deleted, nor contradict themselves', async () => {
    for (const change of [
      `UPDATE offchain.control SET control = 'none', unwindable = false`,
      'DELETE FROM offchain.control',
      'TRUNCATE offchain.control',
    ])
      await expect(pool.query(change)).rejects.toThrow(/only ever added/)
    await expect(note({ ...ended, unwindable: true }, null)).rejects.toThrow(/control_unwindable/)
  })

  it('are not noted while an indexer is in the middle of a long write', async () => {
    const indexer = await pool.connect()
    try {
      await indexer.query('BEGIN')
      await indexer.query('INSERT INTO idx_alpha.block VALUES (31337, 50, 1700000050)')
      await expect(noteAgreement(pool, agreement, { since: null, now: null }, 0.2)).rejects.toThrow(IndexBusyError)
    } finally {
      await indexer.query('ROLLBACK')
      indexer.release()
    }
  })

  it('begin after every block that an indexer adds at the same time', async () => {
    const venue = { ...agreement, venue: 'race' }
    let number = 100
    let isNoting = true
    const indexing = (async () => {
      while (isNoting) await block(number++)
    })()
    const since: number[] = []
    for (let round = 0; round < 20; round++) since.push((await note(venue, null)).since)
    isNoting = false
    await indexing
    // Transactions are numbered in the order of their first row, and none adds rows while the table is held.
    const { rows } = await pool.query(
      `SELECT count(*)::int AS blocks FROM idx_alpha.block b JOIN offchain.control c ON c.venue = 'race'
       WHERE b.timestamp >= c.since AND b.xmin::text::bigint < c.xmin::text::bigint`,
    )
    expect(rows).toEqual([{ blocks: 0 }])
    expect(new Set(since).size).toBeGreaterThan(1)
  })

  it('are noted and listed by the command line', async () => {
    const run = async (command: () => Promise<number>) => {
      const written: string[] = []
      const keep = (name: string) => (text: unknown) => written.push(`${name} ${text}`) > 0
      vi.stubEnv('DATABASE_URL', postgres.url)
      const spies = [
        vi.spyOn(process.stdout, 'write').mockImplementation(keep('out')),
        vi.spyOn(process.stderr, 'write').mockImplementation(keep('err')),
      ]
      const code = await command().finally(() => {
        for (const spy of spies) spy.mockRestore()
        vi.unstubAllEnvs()
      })
      expect(code).toBe(0)
      return written
    }
    const flags = { config: configFile, venue: 'line', account }
    await run(() => runControlSet({ ...flags, chain: 'alpha', control: 'notice', since: '2030-01-01T00:00:00Z' }))
    const written = await run(() => runControlSet({ ...flags, control: 'none', since: '2030-01-02T00:00:00Z' }))
    expect(written).toEqual([
      `err also in force then: line ${account} alpha/* notice since 2030-01-01T00:00:00Z\n`,
      `out noted line ${account} */* none since 2030-01-02T00:00:00Z\n`,
    ])
    const listed = await run(() => runControlList({ config: configFile, venue: 'line' }))
    expect(listed).toHaveLength(3)
    expect(listed[0]).toMatch(/^out line 0xa+ alpha\/\* notice since 2030-01-01T00:00:00Z, noted 20\d\d-.*Z\n$/)
    expect(listed[2]).toBe('out agreements: 2\n')
    expect(await findAgreements(pool, { account: `0x${'cc'.repeat(20)}` })).toEqual([])
  })
})
