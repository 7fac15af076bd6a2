import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { ChainCountError, startDevnet } from '../../devnet/startDevnet'

const usage = `Usage: devnet [--manifest FILE] [--seed N] [--chains N] [--empty]

  --manifest FILE  where to write the manifest; the configuration file is written beside it (default .crossmargin/devnet.json)
  --seed N         everything random is drawn from it (default 1)
  --chains N       number of local chains (default 2)
  --empty          deploy tokens, feeds and Multicall3 only`

/** Seconds between the blocks of a running devnet. */
const blockSeconds = 2

/**
 * `npm run devnet`: starts the local chains, writes the manifest and a configuration file, prints `devnet ready FILE` last, and
 * runs until SIGTERM or SIGINT.
 * @returns the exit code: 0, or 2 for wrong usage.
 */
export async function runDevnet(args: string[]): Promise<number> {
  const options = readOptions(args)
  if (options === null) {
    console.error(usage)
    return 2
  }
  try {
    await serve(options)
    return 0
  } catch (error) {
    if (!(error instanceof ChainCountError)) throw error
    console.error(error.message)
    return 2
  }
}

async function serve(options: Options): Promise<void> {
  const devnet = await startDevnet({
    seed: options.seed,
    chains: options.chains,
    content: options.empty ? 'empty' : 'accounts',
    blockSeconds,
  })
  try {
    const manifestPath = resolve(options.manifest)
    const configPath = join(dirname(manifestPath), `${baseName(manifestPath)}.config.json`)
    await mkdir(dirname(manifestPath), { recursive: true })
    await writeJson(configPath, devnet.config)
    await writeJson(manifestPath, { config: configPath, ...devnet.manifest })
    // Until here a signal ends the process, and the chains with it, at once.
    const interrupted = Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')])
    console.log(`devnet ready ${manifestPath}`)
    await interrupted
  } finally {
    await devnet.stop()
  }
}

interface Options {
  readonly manifest: string
  readonly seed: number
  readonly chains: number
  readonly empty: boolean
}

function readOptions(args: string[]): Options | null {
  try {
    const { values } = parseArgs({
      args,
      options: {
        manifest: { type: 'string', default: join('.crossmargin', 'devnet.json') },
        seed: { type: 'string', default: '1' },
        chains: { type: 'string', default: '2' },
        empty: { type: 'boolean', default: false },
      },
    })
    const seed = Number(values.seed)
    const chains = Number(values.chains)
    if (!Number.isSafeInteger(seed) || !Number.isSafeInteger(chains)) return null
    return { manifest: values.manifest, seed, chains, empty: values.empty }
  } catch {
    return null
  }
}

function baseName(path: string): string {
  return path.replace(/^.*[/\\]/, '').replace(/\.json$/, '')
}

function writeJson(path: string, value: unknown): Promise<void> {
  return writeFile(path, `${JSON.stringify(value, null, 2)}\n`)
}
