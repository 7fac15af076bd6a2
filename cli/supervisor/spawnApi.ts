import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Child, spawnChild } from '../processes/spawnChild'
import { projectRoot } from '../projectRoot'
import { UsageError } from '../UsageError'

export type ApiProcess = {
  readonly child: Child
  /** The address it serves; rejects when it ends before it listens. */
  readonly ready: Promise<string>
  lastWords(): string
}

export type ApiOptions = {
  readonly configFile: string | undefined
  readonly host: string
  readonly port: number
  readonly databaseUrl: string
  readonly webDirectory?: string | undefined
}

/**
 * Starts the API server as its own process. What it logs goes to our standard error as it is.
 * @throws UsageError when it was not built.
 */
export async function spawnApi(options: ApiOptions): Promise<ApiProcess> {
  const program = join(projectRoot(), 'dist/api.js')
  if (!existsSync(program)) throw new UsageError(`${program} is missing; run npm run build`)
  const { PORT: _port, CROSSMARGIN_CONFIG: _config, DATABASE_READ_URL: readUrl, ...environment } = process.env
  const words: string[] = []
  let announce: (url: string) => void = () => undefined
  const announced = new Promise<string>((resolve) => {
    announce = resolve
  })
  const child = await spawnChild({
    command: process.execPath,
    args: [program],
    env: {
      ...environment,
      // Set to nothing counts as not set.
      ...(readUrl ? { DATABASE_READ_URL: readUrl } : {}),
      ...(options.configFile === undefined ? {} : { CROSSMARGIN_CONFIG: options.configFile }),
      ...(options.webDirectory === undefined ? {} : { CROSSMARGIN_WEB_DIR: options.webDirectory }),
      CROSSMARGIN_HOST: options.host,
      CROSSMARGIN_PORT: String(options.port),
      DATABASE_URL: options.databaseUrl,
    },
    onStdout: (line) => {
      const url = /^ready (http\S+)$/.exec(line)?.[1]
      if (url !== undefined) announce(url)
    },
    onStderr: (line) => {
      process.stderr.write(`${line}\n`)
      words.push(line)
      if (words.length > 20) words.shift()
    },
  })
  const ended = child.exited.then(() => {
    throw new Error('the API ended before it was ready')
  })
  const ready = Promise.race([announced, ended])
  ready.catch(() => undefined)
  return { child, ready, lastWords: () => words.slice(-5).join('\n') }
}
