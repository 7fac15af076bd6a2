import { EventEmitter, once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import getPort from 'get-port'
import { log } from '../log'
import { describeExit } from '../processes/processExit'
import { type Child, spawnChild } from '../processes/spawnChild'
import { DatabaseError } from './DatabaseError'
import { databaseBinaries } from './databaseBinaries'
import { databaseFolder } from './databaseFolder'
import { databaseOwner } from './databaseOwner'
import { endLeftoverServer } from './endLeftoverServer'
import { databaseUser, initialiseDatabase } from './initialiseDatabase'

export type Database = {
  readonly url: string
  readonly port: number
  readonly pid: number
  readonly exited: Promise<string>
  stop(): Promise<void>
}

/** Small on purpose: a few indexers and API processes on a laptop. A bigger installation brings its own by DATABASE_URL. */
const settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '64MB',
  work_mem: '8MB',
  maintenance_work_mem: '32MB',
  effective_cache_size: '512MB',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '512MB',
  min_wal_size: '64MB',
  checkpoint_timeout: '5min',
  huge_pages: 'off',
  jit: 'off',
  io_method: 'sync',
  max_logical_replication_workers: '0',
  max_parallel_workers_per_gather: '0',
  autovacuum_max_workers: '1',
  timezone: 'UTC',
  log_destination: 'stderr',
  logging_collector: 'off',
}

const startAttempts = 3
const startMilliseconds = 60_000

/**
 * Starts the embedded PostgreSQL of a data directory, making it on first use. The caller must hold the directory's lock.
 * @throws DatabaseError with the server's own last words.
 */
export async function startDatabase(dataDirectory: string): Promise<Database> {
  const owner = databaseOwner()
  const folder = databaseFolder(dataDirectory, owner)
  const { initdb, postgres } = await databaseBinaries(owner)
  const { data, password } = await initialiseDatabase(folder, initdb, owner)
  await endLeftoverServer(data)

  for (let attempt = 1; ; attempt++) {
    const port = await getPort({ host: '127.0.0.1' })
    const output: string[] = []
    const heard = new EventEmitter()
    const child = await spawnChild({
      command: postgres,
      args: [
        '-D',
        data,
        '-p',
        String(port),
        ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]),
      ],
      cwd: folder,
      owner,
      env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
      stopSignal: 'SIGINT',
      onStderr: (line) => {
        log.debug({ part: 'database' }, line)
        output.push(line)
        if (output.length > 20) output.shift()
        if (line.includes('database system is ready to accept connections')) heard.emit('ready')
      },
    })
    const problem = await Promise.race([
      once(heard, 'ready').then(() => undefined),
      child.exited.then(describeExit),
      sleep(startMilliseconds, `not ready after ${startMilliseconds / 1000} s`, { ref: false }),
    ])
    if (problem === undefined) {
      return {
        url: `postgresql://${databaseUser}:${password}@127.0.0.1:${port}/postgres`,
        port,
        pid: child.pid,
        exited: child.exited.then((exit) => `${describeExit(exit)}: ${output.at(-1) ?? ''}`),
        stop: () => stopServer(child),
      }
    }
    await child.stop(1_000)
    // Another process may have taken the port between the check and the bind.
    if (attempt < startAttempts && output.some((line) => line.includes('Address already in use'))) continue
    throw new DatabaseError(
      `PostgreSQL in ${folder} did not start (${problem}); it said:\n${output.slice(-6).join('\n')}`,
    )
  }
}

/** A fast shutdown; when its last checkpoint takes too long an immediate one, which costs a short recovery at the next start. */
async function stopServer(child: Child): Promise<void> {
  const hurry = setTimeout(() => child.signal('SIGQUIT'), 1_500)
  await child.stop(2_500)
  clearTimeout(hurry)
}
