import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { type Database, startDatabase } from '../cli/database/startDatabase'
import { startProduct } from '../cli/supervisor/startProduct'
import type { Config } from '../config/schema'
import { startDevnet } from '../devnet/startDevnet'
import type { Devnet, DevnetChain } from '../devnet/types'

export interface Indexed {
  readonly devnet: Devnet
  readonly chain: DevnetChain
  readonly config: Config
  readonly database: Database
  /** The schema the chain is indexed into. */
  readonly schema: string
  /** Stops the indexer alone; what it has written stays. */
  stopIndexing(): Promise<void>
  stop(): Promise<void>
}

/** One local chain with an Aave market, indexed by the product into a database of its own; `prepare` acts on the chain before. */
export async function startIndexed(prepare: (chain: DevnetChain) => Promise<void>): Promise<Indexed> {
  const undo: (() => unknown)[] = []
  const stop = async () => {
    while (undo.length > 0) await undo.pop()?.()
  }
  try {
    const devnet = await startDevnet({
      chains: 1,
      content: 'market',
      morpho: false,
      comet: false,
      stayInPast: true,
      log: () => {},
    })
    undo.push(() => devnet.stop())
    const chain = devnet.chain('alpha')
    await prepare(chain)
    // Directly under /tmp, which the database's own user can reach when this runs as root.
    const folder = mkdtempSync('/tmp/crossmargin-bench-')
    chmodSync(folder, 0o755)
    undo.push(() => rmSync(folder, { recursive: true, force: true }))
    const database = await startDatabase(join(folder, 'database'))
    undo.push(() => database.stop())
    const configFile = join(folder, 'config.json')
    writeFileSync(configFile, JSON.stringify({ ...devnet.config, clock: 'chain' }))
    let isIndexed = false
    const product = await startProduct({
      configFile,
      dataDirectory: join(folder, 'data'),
      databaseUrl: database.url,
      host: '127.0.0.1',
      port: 0,
      api: false,
      onIndexed: () => {
        isIndexed = true
      },
    })
    undo.push(() => product.stop())
    while (!isIndexed) await delay(100)
    const schema = await liveSchema(database.url)
    await untilIndexed(database.url, schema, chain)
    return { devnet, chain, config: product.config, database, schema, stopIndexing: () => product.stop(), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** The newest blocks of a chain come after the indexer has said that it is live. */
async function untilIndexed(databaseUrl: string, schema: string, chain: DevnetChain): Promise<void> {
  const { hash } = await chain.client.getBlock()
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    for (;;) {
      const { rowCount } = await client.query(`SELECT 1 FROM "${schema}".block WHERE hash = $1`, [hash])
      if (rowCount !== 0) return
      await delay(100)
    }
  } finally {
    await client.end()
  }
}

async function liveSchema(databaseUrl: string): Promise<string> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    const { rows } = await client.query<{ schema: string }>(
      `SELECT schema FROM offchain.deployment WHERE chain = 'alpha' AND state = 'live'`,
    )
    return rows[0]!.schema
  } finally {
    await client.end()
  }
}
