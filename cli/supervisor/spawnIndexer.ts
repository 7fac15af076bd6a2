import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import getPort from 'get-port'
import { log } from '../log'
import { type Child, spawnChild } from '../processes/spawnChild'
import { projectRoot } from '../projectRoot'
import { indexerProject } from './indexerProject'

export type IndexerProcess = {
  readonly child: Child
  readonly port: number
  /** The last warnings and errors. */
  lastWords(): string
  /** Keeps what it says from now on for debugging: it is being stopped, and so may be its RPC. */
  hush(): void
}

/** Enough for a dense backfill; Ponder takes a fifth of it as its cache. */
const heapMegabytes = 1024

/**
 * Starts Ponder for one chain.
 * @param indexer what ponder.config.ts reads from the file named by CROSSMARGIN_INDEXER.
 */
export async function spawnIndexer(options: {
  readonly chain: string
  readonly schema: string
  readonly databaseUrl: string
  readonly dataDirectory: string
  readonly indexer: unknown
}): Promise<IndexerProcess> {
  const root = projectRoot()
  const port = await getPort({ host: '127.0.0.1' })
  const file = join(options.dataDirectory, `indexer-${options.schema}.json`)
  writeFileSync(file, JSON.stringify(options.indexer, null, 2), { mode: 0o600 })
  // Ponder would take PORT over --port, and DATABASE_SCHEMA beside --schema.
  const { PORT: _port, DATABASE_SCHEMA: _schema, NODE_OPTIONS: _options, ...environment } = process.env
  const words: string[] = []
  let hushed = false
  const hear = (line: string) => {
    words.push(relay(options.chain, line, hushed))
    if (words.length > 20) words.shift()
  }
  const child = await spawnChild({
    command: process.execPath,
    args: [
      `--max-old-space-size=${heapMegabytes}`,
      join(root, 'node_modules/ponder/dist/esm/bin/ponder.js'),
      ...['start', '--root', indexerProject(root), '--schema', options.schema],
      ...['--port', String(port), '--hostname', '127.0.0.1', '--log-format', 'json'],
    ],
    cwd: root,
    env: {
      ...environment,
      DATABASE_URL: options.databaseUrl,
      CROSSMARGIN_INDEXER: file,
      PONDER_TELEMETRY_DISABLED: '1',
    },
    onStdout: hear,
    onStderr: hear,
  })
  return {
    child,
    port,
    lastWords: () => words.filter(Boolean).slice(-5).join('\n'),
    hush: () => {
      hushed = true
    },
  }
}

/** Ponder's news of every block is ours only when debugging; its warnings and errors are always. Returns a warning's or error's text. */
function relay(chain: string, line: string, hushed: boolean): string {
  let entry: { level?: unknown; msg?: unknown; error?: { message?: unknown } }
  try {
    entry = JSON.parse(line)
  } catch {
    log.debug({ chain, part: 'indexer' }, line)
    return line
  }
  const text = [entry.msg, entry.error?.message].filter(Boolean).join(': ')
  const level = hushed ? 20 : Number(entry.level)
  if (level >= 50) log.error({ chain, part: 'indexer' }, text)
  else if (level >= 40) log.warn({ chain, part: 'indexer' }, text)
  else log.debug({ chain, part: 'indexer' }, text)
  return level >= 40 ? text : ''
}
