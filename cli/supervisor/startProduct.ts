import pg from 'pg'
import { startAudit } from '../../audit/startAudit'
import { assertChains, loadConfig } from '../../config/load'
import type { Config } from '../../config/schema'
import { openDatabase } from '../../src/api/read/database'
import { migrateOffchain } from '../database/migrateOffchain'
import { type Database, startDatabase } from '../database/startDatabase'
import { log } from '../log'
import { assertPortFree } from '../processes/assertPortFree'
import { endLeftovers } from '../processes/endLeftovers'
import { lockDirectory } from '../processes/lockDirectory'
import { type RunningIndexer, type RunState, removeRunFile, runFilePath, writeRunFile } from '../processes/runFile'
import type { Settings } from '../settings'
import { chainClient } from './chainClient'
import { repairChains } from './repairChains'
import { superviseApi } from './superviseApi'
import { superviseChain } from './superviseChain'
import { superviseHydration } from './superviseHydration'

export type Product = {
  readonly url: string
  readonly databaseUrl: string
  readonly runFile: string
  readonly config: Config
  /** Resolves with a reason when the product cannot go on (its database ended); until `stop` it stays pending. */
  readonly failed: Promise<string>
  /** Stops everything; at most about five seconds. */
  stop(): Promise<void>
}

export type ProductOptions = Settings & {
  /** Start the API (default) … */
  readonly api?: boolean
  /** … and the indexers of these chains; by default of all that are configured. */
  readonly chains?: readonly string[]
  readonly webDirectory?: string | undefined
  /** Aborts a start that is still under way. */
  readonly signal?: AbortSignal
  readonly onIndexed?: (chain: string, schema: string) => void
}

/**
 * Starts the product as configured: the database (embedded unless `databaseUrl` is given), one indexer per chain, the API.
 * Returns as soon as the API answers, which it does from what was indexed before.
 * @throws UsageError, ConfigError when it cannot run as called; all that was started has been stopped then.
 */
export async function startProduct(options: ProductOptions): Promise<Product> {
  const config = loadConfig(options.configFile)
  assertChains(config, options.configFile)
  const undo: (() => unknown)[] = []
  const stop = async () => {
    while (undo.length > 0) await undo.pop()?.()
  }
  try {
    return await start(options, config, undo, stop)
  } catch (error) {
    await stop()
    throw error
  }
}

async function start(
  options: ProductOptions,
  config: Config,
  undo: (() => unknown)[],
  stop: () => Promise<void>,
): Promise<Product> {
  const { dataDirectory, host, port, signal } = options
  undo.push(lockDirectory(dataDirectory))
  if (options.api !== false) await assertPortFree(port, host)
  await endLeftovers(dataDirectory)

  const state = keepRunFile(dataDirectory)
  undo.push(() => removeRunFile(dataDirectory))
  const database = options.databaseUrl === undefined ? await startEmbedded(dataDirectory) : undefined
  if (database !== undefined) undo.push(() => database.stop())
  const databaseUrl = database?.url ?? options.databaseUrl!
  signal?.throwIfAborted()
  state.set({ database: { pid: database?.pid ?? null, url: databaseUrl } })
  await migrateOffchain(databaseUrl)
  signal?.throwIfAborted()

  const pool = new pg.Pool({ connectionString: databaseUrl, max: 4, application_name: 'crossmargin_supervisor' })
  pool.on('error', (error) => log.warn({ part: 'database', err: error }, 'an idle connection was lost'))
  // One that breaks while it is in use, or while it is being closed, fails what uses it and nothing else.
  pool.on('connect', (client) => client.on('error', () => undefined))
  undo.push(() => pool.end())
  const audited = openDatabase(databaseUrl, {
    connections: 2,
    onError: (error) => log.warn({ part: 'audit', err: error }, 'a database connection was lost'),
  })
  undo.push(() => audited.close())

  const running = new Map<string, readonly RunningIndexer[]>()
  const chains = options.chains ?? Object.keys(config.chains)
  const supervised = chains.map((chain) =>
    superviseChain({
      ...{ pool, databaseUrl, dataDirectory, chain, config: config.chains[chain]! },
      onChange: (indexers) => {
        running.set(chain, indexers)
        state.set({ indexers: [...running.values()].flat() })
      },
      onReady: (schema) => options.onIndexed?.(chain, schema),
    }),
  )
  const hydration = superviseHydration(databaseUrl, config, chains)
  const parts: { stop(): Promise<void> }[] = [...supervised, hydration]
  undo.push(() => Promise.all(parts.map((part) => part.stop())))

  let url = ''
  if (options.api !== false) {
    const { configFile, webDirectory } = options
    const api = await superviseApi({ configFile, host, port, databaseUrl, webDirectory }, (now) =>
      state.set({ api: { ...now, port: Number(new URL(now.url).port) } }),
    )
    parts.push(api)
    url = api.url
  }
  const clientOf = (chain: string) => chainClient(config.chains[chain]!)
  parts.push(
    startAudit({
      ...{ config, chains, pool, clientOf, database: audited },
      log: log.child({ part: 'audit' }),
      onQuarantined: repairChains(supervised),
    }),
  )
  signal?.throwIfAborted()
  const failed = new Promise<string>((resolve) => {
    database?.exited.then((words) => resolve(`the database ended (${words})`))
  })
  return { url, databaseUrl, runFile: runFilePath(dataDirectory), config, failed, stop }
}

function startEmbedded(dataDirectory: string): Promise<Database> {
  log.info({ part: 'database' }, 'starting')
  return startDatabase(dataDirectory)
}

/** Writes the run file again whenever a part of it changes. */
function keepRunFile(dataDirectory: string): { set(change: Partial<RunState>): void } {
  let state: RunState = { pid: process.pid, api: null, database: null, indexers: [] }
  return {
    set(change) {
      state = { ...state, ...change }
      writeRunFile(dataDirectory, state)
    },
  }
}
