import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isAlive } from '../../cli/processes/processInfo'
import type { RunState } from '../../cli/processes/runFile'
import { startDevnet } from '../../devnet/startDevnet'
import type { Devnet } from '../../devnet/types'
import { build, type Command, crossmargin, endCommands } from './support/command'
import { until } from './support/until'

/** The chains stand still and time is theirs: every answer must come out the same, whatever happens to the processes. */
const directory = mkdtempSync(join(tmpdir(), 'crossmargin-product-'))
const configFile = join(directory, 'config.json')
const stopWithinMilliseconds = 5_000
let devnet: Devnet
let figures: string[]

beforeAll(async () => {
  build()
  chmodSync(directory, 0o755)
  devnet = await startDevnet({ log: () => undefined })
  writeFileSync(configFile, JSON.stringify({ ...devnet.config, clock: 'chain' }))
})
afterAll(async () => {
  await endCommands()
  await devnet?.stop()
  rmSync(directory, { recursive: true, force: true })
})

class Product {
  readonly dataDirectory: string
  readonly command: Command
  constructor(name: string) {
    this.dataDirectory = join(directory, name)
    this.command = crossmargin(['start', '--config', configFile, '--port', '0'], {
      CROSSMARGIN_DATA_DIR: this.dataDirectory,
      LOG_LEVEL: 'debug',
    })
  }

  get run(): RunState {
    return JSON.parse(readFileSync(join(this.dataDirectory, 'run.json'), 'utf8'))
  }

  async url(): Promise<string> {
    return (await this.command.line(/^ready http/)).slice('ready '.length)
  }

  count(pattern: RegExp): number {
    return this.command.stderr.filter((line) => pattern.test(line)).length
  }

  /** Waits until both indexers run and have reached the head: after a start Ponder goes back to the last final block first. */
  async upToDate(): Promise<void> {
    await until('both indexers', () => this.ready('alpha') && this.ready('beta'), 120_000)
    await until('both heads', async () => (await this.heights()).every(([indexed, head]) => indexed === head), 60_000)
  }

  ready(chain: string): boolean {
    return this.count(new RegExp(`"${chain}".*(and live|indexing again)`)) > 0
  }

  private async heights(): Promise<[string | undefined, string][]> {
    const response = await fetch(`${await this.url()}/v1/status`)
    // Under load the database may be too slow for an answer; then it says so, and is asked again.
    if (!response.ok) return [[undefined, await response.text()]]
    const { chains } = (await response.json()) as {
      chains: Record<string, { indexed: { blockNumber: string } | null }>
    }
    return Promise.all(
      devnet.chains.map(async ({ name, client }) => [
        chains[name]?.indexed?.blockNumber,
        String(await client.getBlockNumber({ cacheTime: 0 })),
      ]),
    )
  }

  /** The answers of a few accounts, byte by byte. */
  async figures(): Promise<string[]> {
    const url = await this.url()
    const some = devnet.accounts.filter((_, index) => index % 8 === 1)
    return Promise.all(
      some.map(async ({ address }) => (await fetch(`${url}/v1/accounts/${address}/margin?finality=latest`)).text()),
    )
  }

  pids(): number[] {
    const { pid, api, database, indexers } = this.run
    return [pid, api!.pid, database!.pid!, ...indexers.map((indexer) => indexer.pid)]
  }

  /** A digest of every history table of every chain. */
  async facts(): Promise<Record<string, string>> {
    const client = new pg.Client(this.run.database!.url)
    await client.connect()
    try {
      const { rows: tables } = await client.query(
        "SELECT table_schema || '.' || table_name AS name FROM information_schema.tables WHERE table_schema LIKE 'idx\\_%' AND (table_name LIKE '%\\_history' OR table_name = 'block') AND table_name NOT LIKE '\\_reorg%' ORDER BY 1",
      )
      const digest = async (name: string) => {
        const { rows } = await client.query(
          `SELECT count(*) || ' ' || md5(string_agg(t::text, ',' ORDER BY t::text)) AS digest FROM ${name} t`,
        )
        return [name, rows[0].digest]
      }
      const digests: string[][] = []
      for (const { name } of tables) digests.push(await digest(name))
      return Object.fromEntries(digests)
    } finally {
      await client.end()
    }
  }

  async stop(): Promise<void> {
    const pids = this.pids()
    const before = Date.now()
    this.command.kill('SIGINT')
    expect(await this.command.exited).toEqual({ code: 0, signal: null })
    expect(Date.now() - before).toBeLessThan(stopWithinMilliseconds)
    expect(pids.filter(isAlive)).toEqual([])
    expect(existsSync(join(this.dataDirectory, 'run.json'))).toBe(false)
  }
}

const waitedForLock = /Schema is locked/

describe('the product', { timeout: 300_000 }, () => {
  let undisturbed: Record<string, string>

  it('serves complete figures, says what runs, and stops within five seconds', async () => {
    const product = new Product('one')
    const url = await product.url()
    expect(product.command.stdout).toEqual([`ready ${url}`])
    await product.upToDate()
    const { pid, api, indexers } = product.run
    expect({ pid, url: api?.url }).toEqual({ pid: product.command.pid, url })
    expect(indexers.map(({ chain, schema }) => schema.startsWith(`idx_${chain}_`))).toEqual([true, true])
    expect(product.pids().every(isAlive)).toBe(true)
    figures = await product.figures()
    expect(figures.flatMap((text) => JSON.parse(text).missing ?? text)).toEqual([])
    expect(new Set(figures).size).toBe(figures.length)
    undisturbed = await product.facts()
    expect(Object.keys(undisturbed).length).toBeGreaterThan(10)
    await product.stop()
  })

  it('answers at once on the next start, before its indexers are up, and does not wait for a lock', async () => {
    const product = new Product('one')
    expect(await product.figures()).toEqual(figures)
    expect(product.count(/indexing again/)).toBe(0)
    await product.upToDate()
    expect(product.count(waitedForLock)).toBe(0)
    expect(await product.figures()).toEqual(figures)

    process.kill(product.run.api!.pid, 'SIGKILL')
    await until('the API', () =>
      product.figures().then(
        (now) => now.length > 0,
        () => false,
      ),
    )
    expect(await product.figures()).toEqual(figures)
    await product.stop()
  })

  it('gives the same facts and figures when indexers are killed in the past and in the present', async () => {
    const product = new Product('two')
    const early = [/Created database tables/, /Updated backfill indexing|Completed backfill/]
    const stages = [
      ...(process.env.DRILL === 'full' ? early : []),
      /Started backfill indexing/,
      /(and live|indexing again)/,
    ]
    for (const [times, stage] of stages.entries()) {
      await until(String(stage), () => product.count(new RegExp(`"alpha".*(${stage.source})`)) > 0, 120_000)
      const running = product.run.indexers.find(({ chain }) => chain === 'alpha')
      if (running !== undefined) process.kill(running.pid, 'SIGKILL')
      await until('the news of it', () => product.count(/alpha.*SIGKILL/) > times)
    }
    await product.upToDate()
    expect(product.count(waitedForLock)).toBe(0)
    expect(await product.facts()).toEqual(undisturbed)
    expect(await product.figures()).toEqual(figures)
    await product.stop()
  })

  it('leaves nothing behind when it is killed itself, and starts over as if nothing had been', async () => {
    const killed = new Product('one')
    await killed.url()
    await until('both indexers', () => killed.run.indexers.length === 2)
    const pids = killed.pids()
    killed.command.kill('SIGKILL')
    const next = new Product('one')
    expect(await next.figures()).toEqual(figures)
    expect(pids.filter(isAlive)).toEqual([])
    await next.upToDate()
    expect(next.count(waitedForLock)).toBe(0)
    expect(await next.facts()).toEqual(undisturbed)
    await next.stop()
  })

  it('answers from the database when no RPC is left', async () => {
    await devnet.stop()
    const product = new Product('one')
    expect(await product.figures()).toEqual(figures)
    expect((await fetch(`${await product.url()}/health`)).status).toBe(200)
    await product.stop()
  })
})
