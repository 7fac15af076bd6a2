import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import getPort from 'get-port'
import { type RunState, readRunFile } from '../../cli/processes/runFile'
import { type ProductProcess, startProduct } from '../../simulator/product/startProduct'

export interface LogLine {
  /** Milliseconds by the wall clock. */
  readonly at: number
  readonly level: number
  readonly chain: string | null
  readonly text: string
}

export interface KeptProduct {
  readonly url: string
  /** Everything it has said since the first start, its own and that of what it starts. */
  readonly log: readonly LogLine[]
  /** What runs now. */
  running(): RunState | undefined
  stop(): Promise<void>
}

const restartMilliseconds = 500
const longestPauseMilliseconds = 5_000

/** Starts the product as users do, and starts it again whenever its supervisor ends, as their init system does: same directory, same port. */
export async function keepProduct(
  root: string,
  config: unknown,
  onLine: (line: string) => void = () => undefined,
): Promise<KeptProduct> {
  const home = mkdtempSync(join(tmpdir(), 'crossmargin-faults-'))
  const port = await getPort({ host: '127.0.0.1' })
  const log: LogLine[] = []
  const onLog = lineReader((line) => {
    log.push(logLine(line))
    onLine(line)
  })
  const start = () => startProduct({ root, config, port, dataDirectory: home, onLog })
  let isStopping = false
  let current: ProductProcess
  try {
    current = await start()
  } catch (error) {
    rmSync(home, { recursive: true, force: true })
    throw error
  }
  const keepUp = async () => {
    while (!isStopping) {
      await current.ended
      for (let pause = restartMilliseconds; !isStopping; pause = Math.min(2 * pause, longestPauseMilliseconds)) {
        await delay(pause)
        const next = isStopping ? null : await start().catch(() => null)
        if (next === null) continue
        current = next
        break
      }
    }
  }
  const kept = keepUp()
  return {
    url: current.url,
    log,
    running: () => readRunFile(join(home, 'data')),
    stop: async () => {
      isStopping = true
      await current.stop()
      await kept
      await current.stop()
      rmSync(home, { recursive: true, force: true })
    },
  }
}

function lineReader(onLine: (line: string) => void): (text: string) => void {
  let rest = ''
  return (text) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop()!
    for (const line of lines) onLine(line)
  }
}

function logLine(line: string): LogLine {
  const at = Date.now()
  try {
    const { level, chain, msg } = JSON.parse(line) as { level?: number; chain?: string; msg?: string }
    return { at, level: level ?? 0, chain: chain ?? null, text: msg ?? line }
  } catch {
    return { at, level: 50, chain: null, text: line }
  }
}
