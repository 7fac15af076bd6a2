import { startMarket } from '../../devnet/market/startMarket'
import { startDevnet } from '../../devnet/startDevnet'
import type { Devnet } from '../../devnet/types'
import { makeDemoDirectory, removeDemoDirectory, writeDemoFiles } from '../demo/demoDirectory'
import { type Figure, waitForFigures } from '../demo/figures'
import { figureTable } from '../demo/figureTable'
import { assertPortFree } from '../processes/assertPortFree'
import { readSettings, type SettingFlags } from '../settings'
import { startProduct } from '../supervisor/startProduct'
import { UsageError } from '../UsageError'
import { type Running, untilStopped } from '../untilStopped'

export type DemoFlags = SettingFlags & { readonly once?: boolean; readonly seed?: string; readonly keep?: boolean }

type Demo = Running & { readonly url: string; readonly devnet: Devnet; readonly signal: AbortSignal }

const blockSeconds = 2
const figuresWithinMilliseconds = 180_000

/**
 * `crossmargin demo`: local chains with seeded accounts, and the product started through nothing but a configuration file for them.
 * With `--once` it prints all figures as one line of JSON and ends.
 */
export async function runDemo(flags: DemoFlags): Promise<number> {
  const settings = readSettings(flags)
  const seed = readSeed(flags.seed)
  // A demo that only prints needs no known address.
  const port = flags.once === true && flags.port === undefined ? 0 : settings.port
  await assertPortFree(port, settings.host)
  let once: Figure[] | undefined

  const code = await untilStopped(
    (signal) => startDemo({ ...settings, port, seed, keep: flags.keep === true, signal }),
    async ({ url, devnet, signal }) => {
      say('indexing …')
      const figures = await waitForFigures(url, devnet.accounts, {
        deadline: Date.now() + figuresWithinMilliseconds,
        signal,
        onWait: (reason) => say(`waiting: ${reason}`),
      })
      if (flags.once === true) {
        once = figures
        return 'done'
      }
      process.stdout.write(`${figureTable(devnet.accounts, figures)}\n\nready ${url}\n`)
      return undefined
    },
  )
  if (once !== undefined) process.stdout.write(`${JSON.stringify({ accounts: once.map(summary) })}\n`)
  return code
}

async function startDemo(
  options: Parameters<typeof startProduct>[0] & { seed: number; keep: boolean; signal: AbortSignal },
): Promise<Demo> {
  const undo: (() => Promise<unknown>)[] = []
  const stop = async () => {
    while (undo.length > 0) await undo.pop()?.()
  }
  try {
    const devnet = await startDevnet({ seed: options.seed, log: say })
    undo.push(() => devnet.stop())
    options.signal.throwIfAborted()
    const dataDirectory = await makeDemoDirectory()
    undo.push(async () => {
      if (options.keep) say(`kept ${dataDirectory}`)
      else await removeDemoDirectory(dataDirectory)
    })
    const files = await writeDemoFiles(dataDirectory, devnet)
    const market = await startMarket(devnet, { blockSeconds, log: say })
    say(`starting the product with ${files.configFile}`)
    const { host, port, signal } = options
    const product = await startProduct({ ...files, host, port, dataDirectory, databaseUrl: undefined, signal })
    undo.push(() => Promise.all([market.stop(), product.stop()]))
    return { url: product.url, devnet, signal, failed: product.failed, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

function summary(figure: Figure) {
  const { account, marginBalance, initialMargin, maintenanceMargin, marginRatio, status, complete, asOf } = figure
  const chains = Object.keys(asOf.chains)
  return { account, marginBalance, initialMargin, maintenanceMargin, marginRatio, status, complete, chains }
}

function readSeed(text: string | undefined): number {
  const seed = Number(text ?? 1)
  if (!Number.isSafeInteger(seed) || seed < 0) throw new UsageError(`--seed is "${text}"; give a whole number from 0`)
  return seed
}

function say(line: string): void {
  process.stderr.write(`demo: ${line}\n`)
}
