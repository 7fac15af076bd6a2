import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { endWithProcess } from '../../devnet/chain/endWithProcess'

export interface ProductProcess {
  readonly url: string
  readonly dataDirectory: string
  /** Process id of a chain's indexer, `null` while none runs. */
  indexerPid(chain: string): number | null
  /** What the product printed on standard error, for reports. */
  log(): string
  /** Has what accounts had before the index of a chain began read, as its users do; returns the command's last line. */
  hydrate(chain: string, accounts: readonly string[]): Promise<string>
  /** Resolves when the supervisor has ended, however it ended. */
  readonly ended: Promise<void>
  stop(): Promise<void>
}

export interface ProductOptions {
  /** Root of the built project: this one, or a mutated copy. */
  readonly root: string
  readonly config: unknown
  /** Port of the API; any free one when absent. */
  readonly port?: number
  /** Used and left as it is; one of its own, removed in the end, when absent. */
  readonly dataDirectory?: string
  /** Told every piece of what the product prints on standard error. */
  readonly onLog?: (text: string) => void
}

/** Thrown when the product does not come up. */
export class ProductStartError extends Error {
  override readonly name = 'ProductStartError'
  constructor(log: string) {
    super(`crossmargin start did not become ready. Its last words:\n${log.slice(-3000)}`)
  }
}

interface RunFile {
  readonly indexers: readonly { readonly chain: string; readonly pid: number }[]
}

const startTimeoutSeconds = 120
const stopTimeoutSeconds = 15

/** Starts the built product as its users do, `crossmargin start --config FILE`. */
export async function startProduct({
  root,
  config,
  port = 0,
  onLog,
  ...options
}: ProductOptions): Promise<ProductProcess> {
  const dataDirectory = options.dataDirectory ?? mkdtempSync(join(tmpdir(), 'crossmargin-simulate-'))
  const configFile = join(dataDirectory, 'config.json')
  writeFileSync(configFile, JSON.stringify(config))
  const child = spawn(
    process.execPath,
    ['dist/crossmargin.js', 'start', '--config', configFile, '--port', String(port)],
    {
      cwd: root,
      env: { ...environmentWithoutDatabase(), CROSSMARGIN_DATA_DIR: join(dataDirectory, 'data') },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  const end = endWithProcess(child)
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  let log = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    log = (log + text).slice(-100_000)
    onLog?.(text)
  })
  const url = await readyUrl(child).catch(async () => {
    await end()
    throw new ProductStartError(log)
  })
  return {
    url,
    dataDirectory,
    indexerPid: (chain) => {
      try {
        const run = JSON.parse(readFileSync(join(dataDirectory, 'data', 'run.json'), 'utf8')) as RunFile
        return run.indexers.find((indexer) => indexer.chain === chain)?.pid ?? null
      } catch {
        return null
      }
    },
    log: () => log,
    hydrate: async (chain, accounts) => {
      const file = join(dataDirectory, `accounts-${chain}.csv`)
      writeFileSync(file, accounts.join('\n'))
      const args = ['dist/crossmargin.js', 'hydrate', file, '--chain', chain, '--config', configFile]
      const env = { ...environmentWithoutDatabase(), CROSSMARGIN_DATA_DIR: join(dataDirectory, 'data') }
      const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root, env })
      return stdout.trim().split('\n').at(-1)!
    },
    ended,
    stop: async () => {
      await stopGently(child, end)
      if (options.dataDirectory === undefined) rmSync(dataDirectory, { recursive: true, force: true })
    },
  }
}

/** A database of the surroundings must not be taken for the run's own. */
function environmentWithoutDatabase(): NodeJS.ProcessEnv {
  const { DATABASE_URL: _, DATABASE_READ_URL: __, ...environment } = process.env
  return environment
}

function readyUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('timed out')), startTimeoutSeconds * 1000)
    let output = ''
    child.stdout!.setEncoding('utf8').on('data', (text: string) => {
      output += text
      const ready = /^ready (http:\/\/\S+)$/m.exec(output)
      if (ready === null) return
      clearTimeout(timer)
      resolve(ready[1]!)
    })
    child.once('exit', () => {
      clearTimeout(timer)
      reject(new Error('ended'))
    })
  })
}

async function stopGently(child: ChildProcess, end: () => Promise<void>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  child.kill('SIGTERM')
  const timer = setTimeout(() => void end(), stopTimeoutSeconds * 1000)
  await gone
  clearTimeout(timer)
}
