/** A listening server around the application: database pool, tier polling, and an orderly end. */
import { createServer as createHttpServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { getRequestListener } from '@hono/node-server'
import type { Logger } from 'pino'
import type { Config } from '../../config/schema'
import { createApp } from './createApp'
import { createHydration } from './hydration'
import { openAccountNotes } from './read/accountNotes'
import { openDatabase } from './read/database'
import { startTierSource } from './read/tierSource'
import { openTierStore } from './read/tierStore'
import { startWitnessSource } from './read/witnessSource'
import { openWitnessStore } from './read/witnessStore'
import { createService } from './service'

const patienceMilliseconds = 2_000

export interface ServerOptions {
  readonly config: Config
  readonly databaseUrl: string
  /** Where tier heights and noted accounts are written, when reads go to a replica; otherwise `databaseUrl`. */
  readonly writeDatabaseUrl?: string | undefined
  /** 0 = any free port. */
  readonly port: number
  readonly host: string
  readonly webDirectory: string | null
  readonly log: Logger
}

export interface RunningServer {
  readonly url: string
  close(): Promise<void>
}

/** Starts serving; neither the database nor any RPC has to be there yet. Rejects when the port is taken. */
export async function createServer(options: ServerOptions): Promise<RunningServer> {
  const { config, databaseUrl, writeDatabaseUrl = databaseUrl, port, host, webDirectory, log } = options
  const database = openDatabase(databaseUrl, {
    onError: (error) => log.warn({ cause: error.message }, 'a database connection was lost'),
  })
  const store = openTierStore(writeDatabaseUrl)
  const notes = openAccountNotes(writeDatabaseUrl)
  const tiers = startTierSource({
    chains: config.chains,
    store,
    onError: (error) => log.warn({ cause: error.message }, 'how far the chains are final cannot be kept'),
  })
  const witnessStore = openWitnessStore(writeDatabaseUrl)
  const witness = startWitnessSource({
    chains: config.chains,
    store: witnessStore,
    onError: (error) => log.warn({ cause: error.message }, 'what nodes say of the indexed blocks cannot be kept'),
  })
  const stopReading = async () => {
    await Promise.all([tiers.stop(), witness.stop(), database.close(), notes.close()])
    await Promise.all([store.close(), witnessStore.close()])
  }
  const service = createService({ config, database, rpc: tiers })
  const hydration = createHydration({ config, database, notes })
  const app = createApp({ service, hydration, log, webDirectory })
  const server = createHttpServer(getRequestListener(app.fetch))
  server.requestTimeout = 30_000
  // The first answers should know the tiers too; a chain that does not answer is not waited for long.
  await Promise.race([
    Promise.all([tiers.asked, witness.asked]),
    delay(patienceMilliseconds, undefined, { ref: false }),
  ])
  try {
    await listen(server, port, host)
  } catch (error) {
    await stopReading()
    throw error
  }
  const { port: actualPort } = server.address() as AddressInfo
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${actualPort}`,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeIdleConnections()
      const impatience = setTimeout(() => server.closeAllConnections(), 1_000)
      await closed
      clearTimeout(impatience)
      await stopReading()
    },
  }
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
}
