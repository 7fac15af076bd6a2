import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { readRunFile } from '../../../../cli/processes/runFile'
import { type Product, startProduct } from '../../../../cli/supervisor/startProduct'
import type { Config } from '../../../../config/schema'
import type { ConfigFile } from '../../../../devnet/describeConfig'
import { startDevnet } from '../../../../devnet/startDevnet'
import type { Devnet, DevnetOptions } from '../../../../devnet/types'
import { createServer, type RunningServer } from '../../../../src/api/createServer'
import { until } from '../../../support/until'

export interface StackOptions extends DevnetOptions {
  /** Changes the configuration that the local chains describe. */
  readonly configure?: (config: ConfigFile) => ConfigFile
}

export interface Stack {
  readonly devnet: Devnet
  /** The API inside this process; another one after `restart`. */
  readonly server: RunningServer
  readonly config: Config
  readonly databaseUrl: string
  get(path: string, headers?: Record<string, string>): Promise<Response>
  indexerPid(chain: string): number
  /** Resolves once every chain is indexed to its head, by number and hash. */
  indexed(): Promise<void>
  /** Stops everything but the chains, and starts it again on the same data, with another configuration if given. */
  restart(configure?: StackOptions['configure']): Promise<void>
  stop(): Promise<void>
}

interface Running {
  readonly product: Product
  readonly server: RunningServer
}

/** Local chains, indexers and database as the product runs them, with the API inside this process. */
export async function startStack({ configure = (config) => config, ...options }: StackOptions): Promise<Stack> {
  const undo: (() => unknown)[] = []
  const stop = async () => {
    while (undo.length > 0) await undo.pop()?.()
  }
  try {
    const devnet = await startDevnet({ log: () => {}, ...options })
    undo.push(() => devnet.stop())
    // The database server's user must be able to reach the folder.
    const folder = mkdtempSync(join(tmpdir(), 'crossmargin-api-test-'))
    chmodSync(folder, 0o755)
    undo.push(() => rmSync(folder, { recursive: true, force: true }))
    let running = await run(folder, configure(devnet.config))
    undo.push(() => end(running))
    const get = (path: string, headers: Record<string, string> = {}) =>
      fetch(`${running.server.url}${path}`, { headers })
    const indexed = async () => {
      for (const { name, client } of devnet.chains) await untilIndexed(get, name, await client.getBlock())
    }
    await indexed()
    return {
      devnet,
      get server() {
        return running.server
      },
      get config() {
        return running.product.config
      },
      get databaseUrl() {
        return running.product.databaseUrl
      },
      get,
      indexerPid(chain) {
        const indexer = readRunFile(join(folder, 'data'))?.indexers.find((candidate) => candidate.chain === chain)
        if (indexer === undefined) throw new Error(`no indexer of ${chain} is running`)
        return indexer.pid
      },
      indexed,
      async restart(change = configure) {
        await end(running)
        running = await run(folder, change(devnet.config))
        await indexed()
      },
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

async function run(folder: string, config: ConfigFile): Promise<Running> {
  const configFile = join(folder, 'config.json')
  writeFileSync(configFile, JSON.stringify(config))
  const product = await startProduct({
    configFile,
    dataDirectory: join(folder, 'data'),
    databaseUrl: undefined,
    host: '127.0.0.1',
    port: 0,
    api: false,
  })
  try {
    const server = await createServer({
      config: product.config,
      databaseUrl: product.databaseUrl,
      host: '127.0.0.1',
      port: 0,
      webDirectory: null,
      log: pino({ level: process.env.LOG_LEVEL ?? 'warn' }, pino.destination(2)),
    })
    return { product, server }
  } catch (error) {
    await product.stop()
    throw error
  }
}

async function end({ product, server }: Running): Promise<void> {
  await server.close()
  await product.stop()
}

async function untilIndexed(
  get: Stack['get'],
  chain: string,
  head: { readonly number: bigint; readonly hash: string },
): Promise<void> {
  await until(
    `${chain} to be indexed to block ${head.number}`,
    180,
    async () =>
      (await (await get('/v1/status')).json()) as {
        chains: Record<string, { indexed: { blockNumber: string; blockHash: string } | null }>
      },
    ({ chains }) => {
      const indexed = chains[chain]?.indexed ?? null
      if (indexed === null) return false
      const number = BigInt(indexed.blockNumber)
      return number > head.number || (number === head.number && indexed.blockHash === head.hash)
    },
  )
}
