import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { startProduct } from '../../../../cli/supervisor/startProduct'
import type { Config } from '../../../../config/schema'
import { startDevnet } from '../../../../devnet/startDevnet'
import type { Devnet } from '../../../../devnet/types'
import { createServer, type RunningServer } from '../../../../src/api/createServer'
import { until } from '../../../support/until'

export interface Stack {
  readonly devnet: Devnet
  readonly server: RunningServer
  readonly config: Config
  readonly databaseUrl: string
  get(path: string, headers?: Record<string, string>): Promise<Response>
  stop(): Promise<void>
}

/** Local chains, indexers and database as the product runs them, with the API inside this process. */
export async function startStack(options: Parameters<typeof startDevnet>[0]): Promise<Stack> {
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
    const configFile = join(folder, 'config.json')
    writeFileSync(configFile, JSON.stringify(devnet.config))
    const product = await startProduct({
      configFile,
      dataDirectory: join(folder, 'data'),
      databaseUrl: undefined,
      host: '127.0.0.1',
      port: 0,
      api: false,
    })
    undo.push(() => product.stop())
    const server = await createServer({
      config: product.config,
      databaseUrl: product.databaseUrl,
      host: '127.0.0.1',
      port: 0,
      webDirectory: null,
      log: pino({ level: process.env.LOG_LEVEL ?? 'warn' }, pino.destination(2)),
    })
    undo.push(() => server.close())
    const get = (path: string, headers: Record<string, string> = {}) => fetch(`${server.url}${path}`, { headers })
    const heads = new Map<string, number>()
    for (const chain of devnet.chains) heads.set(chain.name, Number(await chain.client.getBlockNumber()))
    await until(
      'every chain to be indexed to its head',
      180,
      async () =>
        (await (await get('/v1/status')).json()) as {
          chains: Record<string, { indexed: { blockNumber: string } | null }>
        },
      ({ chains }) => [...heads].every(([chain, head]) => Number(chains[chain]?.indexed?.blockNumber ?? -1) >= head),
    )
    return { devnet, server, config: product.config, databaseUrl: product.databaseUrl, get, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
