import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import getPort from 'get-port'
import type pg from 'pg'
import { createPublicClient, http } from 'viem'
import { openPool } from '../../../cli/database/openPool'
import { indexerProject } from '../../../cli/supervisor/indexerProject'
import { parseConfig } from '../../../config/load'
import { resolveChain } from '../../../src/resolveChain'

const root = join(import.meta.dirname, '../../..')

export type RunningIndexer = {
  readonly pool: pg.Pool
  readonly schema: string
  /** Resolves once the block is indexed. */
  indexed(block: bigint): Promise<void>
  /** Ends the process; `SIGKILL` leaves it no time to tidy up. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>
}

/**
 * Runs one chain's indexer as the supervisor would.
 * @param description a prepared CROSSMARGIN_INDEXER file to continue with; without one the chain is resolved now.
 */
export async function startIndexer(
  configFile: unknown,
  chain: string,
  databaseUrl: string,
  schema: string,
  prepared?: IndexerDescription,
): Promise<RunningIndexer & { readonly description: IndexerDescription }> {
  const description = prepared ?? (await describeIndexer(configFile, chain))
  const folder = mkdtempSync(join(tmpdir(), 'crossmargin-indexer-'))
  const file = join(folder, 'indexer.json')
  writeFileSync(file, JSON.stringify(description))
  const port = await getPort()
  const ponder = join(root, 'node_modules/ponder/dist/esm/bin/ponder.js')
  const child = spawn(
    process.execPath,
    [
      ponder,
      'start',
      '--root',
      indexerProject(root),
      '--schema',
      schema,
      '--port',
      String(port),
      '--log-format',
      'json',
    ],
    {
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        DATABASE_URL: databaseUrl,
        PONDER_TELEMETRY_DISABLED: '1',
        CROSSMARGIN_INDEXER: file,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output = `${output}${chunk}`.slice(-8000)
    })
  }
  const exited = once(child, 'exit')
  const atExit = () => child.kill('SIGKILL')
  process.on('exit', atExit)
  const pool = openPool(databaseUrl, 'test', 3)
  // The database may be stopped while a connection lies idle in the pool.
  pool.on('error', () => undefined)

  const stop = async (signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM') => {
    process.off('exit', atExit)
    if (child.exitCode === null && child.signalCode === null) {
      child.kill(signal)
      await exited
    }
    await pool.end()
    rmSync(folder, { recursive: true, force: true })
  }
  const indexed = async (block: bigint) => {
    for (;;) {
      if (child.exitCode !== null) throw new Error(`The indexer ended with ${child.exitCode}:\n${output}`)
      if ((await latestIndexed(pool, schema)) >= block) return
      await delay(50)
    }
  }
  return { pool, schema, indexed, stop, description }
}

export type IndexerDescription = Awaited<ReturnType<typeof describeIndexer>>

async function describeIndexer(configFile: unknown, name: string) {
  const config = parseConfig(configFile, 'test').chains[name]!
  const client = createPublicClient({ transport: http(config.rpc[0]) })
  const startBlock = config.startBlock === 'tip' ? Number(await client.getBlockNumber()) : config.startBlock
  return { name, config, resolved: await resolveChain({ ...config, startBlock }, client) }
}

/** The block of Ponder's own checkpoint, which moves in the same transaction as the rows; -1 before there is one. */
async function latestIndexed(pool: pg.Pool, schema: string): Promise<bigint> {
  try {
    const { rows } = await pool.query(`SELECT latest_checkpoint FROM "${schema}"._ponder_checkpoint`)
    return rows[0] === undefined ? -1n : BigInt(rows[0].latest_checkpoint.slice(26, 42))
  } catch {
    return -1n
  }
}
