/** The API as a process of its own: configured by the environment, ready line on stdout, logs on stderr. */
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pino } from 'pino'
import { ConfigError } from '../../config/ConfigError'
import { loadConfig } from '../../config/load'
import { createServer } from './createServer'

const log = pino({ level: process.env.LOG_LEVEL ?? 'info', base: undefined }, pino.destination({ fd: 2, sync: true }))

/** Ends with exit code 2: the configuration or the environment has to change first. */
function refuse(message: string): never {
  process.stderr.write(`${message}\n`)
  process.exit(2)
}

/** A variable of the environment; one that is set to nothing counts as not set. */
function setting(name: string): string | undefined {
  const text = process.env[name]?.trim()
  return text === '' ? undefined : text
}

function readPort(text: string | undefined): number {
  const port = Number(text ?? '8787')
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    refuse(`CROSSMARGIN_PORT is "${text}": give a number from 0 to 65535`)
  return port
}

/** The built page beside the bundle, or in the project when run from source. */
function findPage(): string | null {
  const start = dirname(process.argv[1] ?? '.')
  const candidates = [join(start, 'web'), join(process.cwd(), 'dist', 'web')]
  return candidates.find((folder) => existsSync(join(folder, 'index.html'))) ?? null
}

async function main(): Promise<void> {
  const host = setting('CROSSMARGIN_HOST') ?? '127.0.0.1'
  const databaseUrl = setting('DATABASE_READ_URL') ?? setting('DATABASE_URL')
  if (databaseUrl === undefined) refuse('DATABASE_URL is not set: name the database the indexers write to')
  const config = loadConfig(setting('CROSSMARGIN_CONFIG'))
  const port = readPort(setting('CROSSMARGIN_PORT'))
  const server = await createServer({
    config,
    databaseUrl,
    writeDatabaseUrl: setting('DATABASE_URL'),
    port,
    host,
    webDirectory: setting('CROSSMARGIN_WEB_DIR') ?? findPage(),
    log,
  }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE') refuse(`port ${port} on ${host} is taken: choose another with CROSSMARGIN_PORT`)
    if (error.code === 'EACCES' || error.code === 'EADDRNOTAVAIL')
      refuse(`cannot listen on ${host}:${port} (${error.code}): check CROSSMARGIN_HOST and CROSSMARGIN_PORT`)
    throw error
  })
  let isStopping = false
  const stop = () => {
    if (isStopping) return
    isStopping = true
    server.close().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  process.stdout.write(`ready ${server.url}\n`)
}

process.on('unhandledRejection', (error) => log.error(error, 'unhandled rejection'))
main().catch((error: unknown) => {
  if (error instanceof ConfigError) refuse(error.message)
  log.fatal(error, 'the API cannot start')
  process.exit(1)
})
